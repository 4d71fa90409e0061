{#- The hashes in which an identifier may arrive, as hexadecimal text: MD5, SHA-1 and SHA-256. -#}
{% macro hex_hashes(text) %}{{ return(adapter.dispatch('hex_hashes')(text)) }}{% endmacro %}

{% macro default__hex_hashes(text) %}{{ return(['md5(' ~ text ~ ')', 'sha1(' ~ text ~ ')', 'sha256(' ~ text ~ ')']) }}{% endmacro %}

{% macro spark__hex_hashes(text) %}{{ return(['md5(' ~ text ~ ')', 'sha1(' ~ text ~ ')', 'sha2(' ~ text ~ ', 256)']) }}{% endmacro %}
