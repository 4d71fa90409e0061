"""The identifiers and who was seen with whom, as arrays of whole numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# How much each type says that two sightings are one person: 0 the customer themselves, 1 strong, 2 medium, 3 weak.
STRENGTH = {"customer_id": 0, "unionid": 1, "openid": 1, "external_userid": 1, "phone_hash": 2, "device_id": 3}
UNDATED = 2**31 - 1


@dataclass(frozen=True)
class Graph:
    """N identifiers, numbered in the order of their text `type:identifier`, and L pairs of them seen together.

    `nodes`, `kinds`, `identifiers`: N texts. `strength`: N numbers as in STRENGTH. `seen`: N days, the first that shows the
    identifier, UNDATED where none does. `anchor`, `node`: L numbers of identifiers, the stronger one first. `since`: L days,
    the first that shows the two together. Days count from 1970-01-01.
    """

    nodes: pa.Array
    kinds: pa.Array
    identifiers: pa.Array
    strength: np.ndarray
    seen: np.ndarray
    anchor: np.ndarray
    node: np.ndarray
    since: np.ndarray

    @property
    def is_customer(self) -> np.ndarray:
        """N truths: a known customer."""
        return self.strength == STRENGTH["customer_id"]

    @property
    def is_device(self) -> np.ndarray:
        """N truths: a device."""
        return self.strength == STRENGTH["device_id"]

    @property
    def customers_seen(self) -> np.ndarray:
        """N counts: the known customers that were seen with the identifier itself."""
        return np.bincount(self.node[self.is_customer[self.anchor]], minlength=len(self.nodes))


def read(links: pa.Table | pa.RecordBatchReader) -> Graph:
    """Number the identifiers of the links; see `tagmart.identity.resolve` for their columns."""
    if isinstance(links, pa.RecordBatchReader):
        links = links.read_all()
    is_pair = pc.not_equal(links["anchor"], links["node"])
    anchors = links["anchor"].filter(is_pair)
    # Ten million customers have more than the two gigabytes of text that an array of short strings can hold.
    ends = pa.chunked_array([*anchors.chunks, *links["node"].chunks], pa.string()).cast(pa.large_string())
    encoded = ends.dictionary_encode().combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):  # what no chunks combine to
        encoded = pa.DictionaryArray.from_arrays(pa.array([], pa.int32()), pa.array([], pa.large_string()))
    order = pc.sort_indices(encoded.dictionary)
    place = np.empty(len(order), dtype=np.int64)
    place[order.to_numpy()] = np.arange(len(order))
    anchor, node = np.split(place[encoded.indices.to_numpy(zero_copy_only=False)], [len(anchors)])
    days = pc.fill_null(links["first_seen_date"].cast(pa.int32()), UNDATED).to_numpy()
    alone = ~is_pair.to_numpy()

    nodes = encoded.dictionary.take(order)
    parts = pc.extract_regex(nodes, "(?s)^(?P<type>[^:]*):(?P<identifier>.*)$")
    kinds, identifiers = (pc.struct_field(parts, part) for part in ("type", "identifier"))
    types = kinds.dictionary_encode()
    strengths = np.array([STRENGTH[kind] for kind in types.dictionary.to_pylist()], dtype=np.int64)
    seen = np.full(len(nodes), UNDATED, dtype=np.int64)
    seen[node[alone]] = days[alone]
    return Graph(nodes, kinds, identifiers, strengths[types.indices.to_numpy()], seen, anchor, node[~alone], days[~alone])


def distinct_pairs(first: np.ndarray, second: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return each pair of numbers below `size` once, sorted."""
    pairs = np.sort(first.astype(np.int64) * size + second)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return pairs // max(size, 1), pairs % max(size, 1)
