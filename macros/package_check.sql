{#-
  on-run-start: what Tagmart needs of the profile and the project that it is built in, which may be another one (docs/as-a-package.md).
  One sentence says what to add. That dbt has the right version is for dbt itself to say, by require-dbt-version.
-#}
{% macro package_check() %}
    {% if not execute or flags.WHICH not in ['build', 'run', 'test', 'seed'] %}{{ return('') }}{% endif %}
    {% if by_engine(true, spark=false) %}{% do profile_check() %}{% endif %}
    {% do namesakes_check() %}
    {{ return('') }}
{% endmacro %}

{#- Of DuckDB; docs/spark.md has what Spark needs. -#}
{% macro profile_check() %}
    {% set output = "the output '" ~ target.name ~ "' of the profile '" ~ target.profile_name ~ "' in profiles.yml" %}
    {% if run_query("select count(*) from duckdb_functions() where function_name = 'tagmart_raw_folder'").rows[0][0] == 0 %}
        {{ exceptions.raise_compiler_error("Tagmart's plug-in for DuckDB is missing: add `plugins: [{module: tagmart.duckdb_plugin}]` to " ~ output ~ ".") }}
    {% endif %}
    {% set zone = run_query("select current_setting('TimeZone')").rows[0][0] %}
    {% if zone not in ['UTC', 'Etc/UTC'] %}
        {{ exceptions.raise_compiler_error("DuckDB's time zone is " ~ zone ~ ", and Tagmart's times are UTC: add `settings: {TimeZone: UTC}` to "
            ~ output ~ ".") }}
    {% endif %}
{% endmacro %}

{#- A model of Tagmart that reads one of another project only since both have its name would read other rows and columns. -#}
{% macro namesakes_check() %}
    {% if not execute or project_name == 'tagmart' %}{{ return('') }}{% endif %}
    {% set ours = graph.nodes.values() | selectattr('package_name', 'equalto', 'tagmart') | selectattr('resource_type', 'equalto', 'model') | list %}
    {% set names = ours | map(attribute='name') | list %}
    {% set handed_over = var('own_schemes') + var('raw_models').values() | map('replace', project_name ~ '.', '') | list %}
    {% for node in ours %}
        {% for parent in node.depends_on.nodes if parent.startswith('model.') and not parent.startswith('model.tagmart.') %}
            {% set name = parent.split('.')[-1] %}
            {% if name in names and name not in handed_over %}
                {{ exceptions.raise_compiler_error("Tagmart's model " ~ node.name ~ " would read your " ~ name ~ ", since both projects have one of this name: "
                    ~ "add `require_ref_prefers_node_package_to_root: true` to the flags in dbt_project.yml.") }}
            {% endif %}
        {% endfor %}
    {% endfor %}
{% endmacro %}
