{#- The hashes in which an identifier may arrive, as hexadecimal text: MD5, SHA-1 and SHA-256. -#}
{% macro hex_hashes(text) %}
    {{ return(['md5(' ~ text ~ ')', 'sha1(' ~ text ~ ')', by_engine('sha256(' ~ text ~ ')', spark='sha2(' ~ text ~ ', 256)')]) }}
{% endmacro %}
