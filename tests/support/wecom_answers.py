"""What WeCom's interface answers, by its documented rules."""

from __future__ import annotations

from typing import Any

from wecom_company import APP, INVALID, Company, Fault, Group

TAGS_AT_MOST, TAGS_PER_RELATION, NAME_CHARACTERS = 10_000, 3_000, 30


def answer(company: Company, kind: str, body: dict[str, Any], tags_at_most: int = TAGS_AT_MOST) -> dict[str, Any]:
    """Do what a call asks. Raises Fault with WeCom's code, having done nothing."""
    if kind == "externalcontact/add_corp_tag":
        return _add(company, body, tags_at_most)
    return ANSWERS[kind](company, body)


def _described(group: Group) -> dict[str, Any]:
    tags = [{"id": tag.id, "name": tag.name, "order": tag.order, "create_time": 1, "deleted": False} for tag in group.tags.values()]
    return {"group_id": group.id, "group_name": group.name, "create_time": 1, "order": group.order, "deleted": False, "tag": tags}


def _list(company: Company, body: dict[str, Any]) -> dict[str, Any]:
    if body.get("tag_id") or body.get("group_id"):
        raise Fault(INVALID, "only the full list is simulated")
    return {"tag_group": [_described(group) for group in sorted(company.groups.values(), key=lambda group: (-group.order, group.id))]}


def _add(company: Company, body: dict[str, Any], tags_at_most: int) -> dict[str, Any]:
    tags = body.get("tag") or []
    if not tags or body.get("group_id") == "" or not (body.get("group_id") or body.get("group_name")):
        raise Fault(INVALID, "no tags, no group, or an empty group_id")
    _names([*(tag["name"] for tag in tags), *([body["group_name"]] if "group_name" in body else [])])
    _orders([tag.get("order", 0) for tag in tags])
    group = company.groups.get(body["group_id"]) if "group_id" in body else company.group(body["group_name"])
    if "group_id" in body and group is None:
        raise Fault(40068, "invalid group_id")
    there = {tag.name for tag in group.tags.values()} if group else set()
    new = {tag["name"]: tag.get("order", 0) for tag in tags if tag["name"] not in there}
    if len(company.tag_ids) + len(new) > tags_at_most:
        raise Fault(INVALID, "too many tags")
    group = group or company.add_group(body["group_name"], [], APP, body.get("order", 0))
    for name, order in new.items():
        company.add_tag(group, name, order)
    return {"tag_group": _described(group)}


def _edit(company: Company, body: dict[str, Any]) -> dict[str, Any]:
    owner = next((group for group in company.groups.values() if body["id"] == group.id or body["id"] in group.tags), None)
    if owner is None or owner.made_by != APP:
        raise Fault(40068, "invalid id, or another's")
    edited, siblings = (owner, company.groups) if body["id"] == owner.id else (owner.tags[body["id"]], owner.tags)
    if any(other.name == body["name"] for id, other in siblings.items() if id != body["id"]):
        raise Fault(40071, "the name is in use")
    _names([body["name"]])
    edited.name = body["name"]
    if "order" in body:
        _orders([body["order"]])
        edited.order = body["order"]
    return {}


def _mark(company: Company, body: dict[str, Any]) -> dict[str, Any]:
    add, remove = body.get("add_tag", []), body.get("remove_tag", [])
    if not add and not remove:
        raise Fault(INVALID, "neither add_tag nor remove_tag")
    if body["userid"] not in company.members:
        raise Fault(40003, "invalid userid")
    relation = company.relations.get((body["userid"], body["external_userid"]))
    if relation is None:
        raise Fault(84061, "not external contact")
    if not relation.is_friend:
        raise Fault(40096, "invalid external userid")
    if not set(add) | set(remove) <= company.tag_ids:
        raise Fault(40068, "invalid tagid")
    if len((set(relation.tags) | set(add)) - set(remove)) > TAGS_PER_RELATION:
        raise Fault(INVALID, "too many tags on one customer")
    for tag in remove:
        if relation.tags.pop(tag, APP) != APP:
            company.removed_by_app.append((body["userid"], body["external_userid"], tag))
    for tag in add:
        relation.tags.setdefault(tag, APP)
    return {}


def _contacts(company: Company, body: dict[str, Any]) -> dict[str, Any]:
    members, limit = body["userid_list"], body.get("limit", 50)
    if not 1 <= len(members) <= 100 or not 1 <= limit <= 100:
        raise Fault(INVALID, "at most 100 members, at most 100 customers a page")
    if not set(members) <= company.members:
        raise Fault(40003, "invalid userid")
    keys = company.sorted_relations(set(members), tuple((body.get("cursor") or "\t").split("\t")), limit + 1)
    rows = [
        {
            "external_contact": {"external_userid": external, "name": "n", "type": 1},
            "follow_info": {"userid": userid, "createtime": relation.added_at, "tag_id": sorted(relation.tags)},
        }
        for userid, external in keys[:limit]
        for relation in [company.relations[userid, external]]
    ]
    return {"external_contact_list": rows, "next_cursor": "\t".join(keys[limit - 1]) if len(keys) > limit else ""}


def _names(names: list[str]) -> None:
    if any(not 1 <= len(name) <= NAME_CHARACTERS for name in names):
        raise Fault(INVALID, "names have 1 to 30 characters")


def _orders(orders: list[int]) -> None:
    if any(not 0 <= order < 2**32 for order in orders):
        raise Fault(INVALID, "order is 0 to 2^32 - 1")


ANSWERS = {
    "externalcontact/get_corp_tag_list": _list,
    "externalcontact/edit_corp_tag": _edit,
    "externalcontact/mark_tag": _mark,
    "externalcontact/batch/get_by_user": _contacts,
}
