"""Identity resolution: connected components over identifiers that were seen together."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

CUSTOMER = "customer_id:"


def resolve(links: pa.Table) -> pa.Table:
    """Give every identifier the customer it belongs to.

    Args:
        links: columns `anchor` and `node`, both text `type:identifier`; a row says that the two
            belong to one person. Every node appears as `node` at least once.

    Returns:
        One row per distinct node, sorted: its `identifier_type`, its `identifier` and `customer_id`, the
        smallest customer_id of the node's component, else `p_` and 16 hex digits of the MD5 of the
        component's smallest node. The order of the links changes nothing.
    """
    links = _table(links)
    if links.num_rows == 0:
        return pa.table({column: pa.array([], pa.string()) for column in ("identifier_type", "identifier", "customer_id")})
    both = pd.concat([links["anchor"].to_pandas(), links["node"].to_pandas()], ignore_index=True)
    codes, nodes = pd.factorize(both.astype("string[pyarrow]"), sort=True)
    rows, columns = np.split(codes, 2)
    graph = coo_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(len(nodes), len(nodes)))
    component = connected_components(graph, directed=False)[1]
    nodes = pa.array(nodes, pa.string())
    parts = pc.extract_regex(nodes, "(?s)^(?P<type>[^:]*):(?P<identifier>.*)$")
    kind, identifier = (pc.struct_field(parts, part) for part in ("type", "identifier"))
    return pa.table({"identifier_type": kind, "identifier": identifier, "customer_id": _names(nodes, component)})


def _names(nodes: pa.Array, component: np.ndarray) -> pa.Array:
    """Name each node's component; nodes are sorted, so a component's first node is its smallest."""
    texts = np.asarray(nodes.to_pylist(), dtype=object)
    is_customer = np.fromiter((text.startswith(CUSTOMER) for text in texts), dtype=bool, count=len(texts))
    first_node = _first_index(component, np.arange(len(texts)))
    first_customer = _first_index(component, np.flatnonzero(is_customer))
    names = np.empty(len(first_node), dtype=object)
    for index, (customer, node) in enumerate(zip(first_customer, first_node, strict=True)):
        if customer >= 0:
            names[index] = texts[customer][len(CUSTOMER):]
        else:
            names[index] = "p_" + hashlib.md5(texts[node].encode(), usedforsecurity=False).hexdigest()[:16]
    return pa.array(names[component], pa.string())


def _first_index(component: np.ndarray, members: np.ndarray) -> np.ndarray:
    """Smallest of the sorted `members` in each component; -1 where a component has none."""
    first = np.full(component.max() + 1, -1, dtype=np.int64)
    first[component[members][::-1]] = members[::-1]
    return first


def _table(links: pa.Table | pa.RecordBatchReader) -> pa.Table:
    return links.read_all() if isinstance(links, pa.RecordBatchReader) else links
