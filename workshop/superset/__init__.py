"""Superset and PostgreSQL on loopback: a dashboard of the repository on published marts, its numbers compared with the build."""
