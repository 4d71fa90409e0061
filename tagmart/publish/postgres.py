"""Publishing to PostgreSQL: tables of a version in a schema of their own, and views over them that one transaction turns."""

from __future__ import annotations

import duckdb
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential
from tqdm import tqdm

from tagmart.publish.green import PublishProblem
from tagmart.publish.marts import Mart, Publication

TYPES = {"varchar": "text", "double": "double precision"}
CHUNK = 10_000


def publish_postgres(connection: duckdb.DuckDBPyConnection, held: Publication, url: str, schema: str) -> bool:
    """Load `held` beside and turn the views of `schema` to it; False when it stands there already. PublishProblem without the URL."""
    try:
        import psycopg
    except ImportError:
        raise PublishProblem("Publishing to PostgreSQL needs psycopg: pip install 'tagmart[postgres]'.") from None
    try:
        with psycopg.connect(url, autocommit=True) as server:
            return _publish(connection, held, server, schema)
    except psycopg.errors.InvalidTableDefinition as error:
        reason = error.diag.message_primary
        raise PublishProblem(f"A column of a mart in schema {schema} was removed or has another type ({reason}): drop that view, then publish.") from None
    except psycopg.Error as error:
        reason = error.diag.message_primary or type(error).__name__
        raise PublishProblem(f"PostgreSQL did not take the marts into schema {schema} ({reason}): the state before still stands; publish again.") from None


def _publish(connection: duckdb.DuckDBPyConnection, held: Publication, server, schema: str) -> bool:
    from psycopg import errors, sql

    one, versioned = sql.Identifier(schema), f"{schema}_{held.version.replace('-', '')}"
    # One publisher at a time: the lock ends with the connection, however that ends; the server may notice some seconds after one was killed.
    server.execute("set lock_timeout = '10s'")
    try:
        server.execute("select pg_advisory_lock(hashtext(%s))", [f"tagmart {schema}"])
    except errors.LockNotAvailable:
        raise PublishProblem(f"Another publication into schema {schema} is running: publish when it has ended.") from None
    server.execute("reset lock_timeout")
    server.execute(sql.SQL("create schema if not exists {}").format(one))
    now = _standing(server, schema)
    if now == versioned:
        return False
    server.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(versioned)))
    server.execute(sql.SQL("create schema {}").format(sql.Identifier(versioned)))
    for mart in tqdm(held.marts, desc="publish", unit="mart", disable=None):
        _load(connection, mart, server, sql.Identifier(versioned, mart.name))
    patient = Retrying(
        retry=retry_if_exception_type((errors.LockNotAvailable, errors.DeadlockDetected)), stop=stop_after_attempt(20),
        wait=wait_exponential(0.05, 2), reraise=True,
    )  # fmt: skip
    patient(_turn, server, held.marts, schema, versioned)
    # The version before stays: a reader may have found the view just before it turned.
    names = server.execute("select nspname from pg_namespace where nspname ~ %s", [f"^{schema}_[0-9]{{8}}[0-9a-f]{{12}}$"]).fetchall()
    server.execute("set lock_timeout = '2s'")
    for (name,) in names:
        if name not in (versioned, now):
            try:
                server.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(name)))
            except errors.LockNotAvailable:
                continue
    return True


def _standing(server, schema: str) -> str | None:
    return server.execute("select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = %s", [schema]).fetchone()[0]


def _load(connection: duckdb.DuckDBPyConnection, mart: Mart, server, table) -> None:
    from psycopg import sql

    kinds = [TYPES.get(kind, kind) for _, kind, _ in mart.columns]
    columns = sql.SQL(", ").join(sql.SQL("{} " + kind).format(sql.Identifier(name)) for (name, _, _), kind in zip(mart.columns, kinds))
    server.execute(sql.SQL("create table {} ({})").format(table, columns))
    rows = connection.execute(mart.select)
    with server.cursor() as cursor, cursor.copy(sql.SQL("copy {} from stdin (format binary)").format(table)) as copy:
        copy.set_types([kind.split("(")[0].replace("decimal", "numeric") for kind in kinds])
        while chunk := rows.fetchmany(CHUNK):
            for row in chunk:
                copy.write_row(row)
    if mart.grain:
        key = sql.SQL(", ").join(sql.Identifier(column) for column in mart.grain.columns)
        # Readers join by it, and a row that came twice would stop here.
        made = "alter table {} add primary key ({})" if mart.grain.is_complete else "create unique index on {} ({})"
        server.execute(sql.SQL(made).format(table, key))
    server.execute(sql.SQL("analyze {}").format(table))


def _turn(server, marts: list[Mart], schema: str, versioned: str) -> None:
    from psycopg import sql

    with server.transaction():
        server.execute("set local lock_timeout = '500ms'")
        for mart in marts:
            view = sql.Identifier(schema, mart.name)
            server.execute(sql.SQL("create or replace view {} as select * from {}").format(view, sql.Identifier(versioned, mart.name)))
            server.execute(sql.SQL("comment on view {} is {}").format(view, sql.Literal(mart.comment)))
            for name, _, comment in mart.columns:
                server.execute(sql.SQL("comment on column {}.{} is {}").format(view, sql.Identifier(name), sql.Literal(comment)))
        server.execute(sql.SQL("comment on schema {} is {}").format(sql.Identifier(schema), sql.Literal(versioned)))
