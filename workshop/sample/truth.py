"""The constants that the brand is drawn from: what a model run on the sample should find again."""

from __future__ import annotations

# BG/NBD: purchase rate a day ~ gamma(shape R, rate alpha), dropout after each repeat purchase ~ beta(A, B).
# alpha (days) is not here: it is solved from the wanted orders per customer and saved in constants.json.
R = 1.8
A = 0.7
B = 7.0

# The share of a person's orders that use a coupon, and of those during a promotion that use it.
PRICE_SENSITIVITY_A = 1.1
PRICE_SENSITIVITY_B = 2.9

# The chance that a line which is not the habitual product is one launched in the last NEW_PRODUCT_DAYS.
NOVELTY_A = 0.8
NOVELTY_B = 3.2
NEW_PRODUCT_DAYS = 30

# Who is who, as shares of customer rows or of people.
SECOND_ACCOUNT_SHARE = 0.03  # customer rows that are the second account of a person
SECOND_BY_PHONE_SHARE = 0.6  # of these, joined by phone; the others by device
ANONYMOUS_SHARE = 0.08  # people who never register, for each customer row
FAMILY_SHARE = 0.01  # registered people who use the phone of somebody else in the family
OFFICE_PEOPLE = 8  # registered people of a block who gave the phone of one shop
BUYER_SHARE = 0.82  # registered people who ever buy
SAME_DAY_FIRST_ORDER_SHARE = 0.35  # of buyers: first order on the day of registration
FIRST_ORDER_LAG_DAYS = 12.0  # mean lag of the others
GUEST_BUYER_SHARE = 0.4  # anonymous people who order as guests

# Orders beside the purchases of the BG/NBD process, each as a share of them.
UNPAID_SHARE = 0.05  # created, cancelled or closed: not valid
FULL_REFUND_SHARE = 0.02  # valid until refunded in full
SAME_DAY_SHARE = 0.01  # a second valid order on the same day
PARTIAL_REFUND_SHARE = 0.03  # valid orders with a part paid back
SHIPPING_REFUND_SHARE = 0.3  # full refunds that pay the shipping back too
SHIPPING_ONLY_SHARE = 0.005  # orders of which the shipping alone is paid back
HABIT_SHARE = 0.6  # first lines of a basket that hold the habitual product

# Campaigns: who is kept out, who is really reached, extra orders for each person reached.
HOLDOUT_SHARE = 0.2
SENT_STATUS_SHARE = (0.03, 0.85, 0.07, 0.05)  # unsent, sent, not a friend, over the cap
EXTRA_ORDERS_IF_SENT = {"promotion": 0.06, "new_product": 0.04, "content": 0.0, "recall": 0.05, "event": 0.0}
FESTIVAL_EXTRA_ORDERS = 0.15
MEMBER_SHARE = 0.12  # of eligible people, in an ordinary campaign
FESTIVAL_MEMBER_SHARE = 0.9
OPEN_SHARE = 0.4  # delivered messages that are opened
CLICK_SHARE = 0.35  # opened messages that are clicked

# Contacts and what becomes of them.
CONTACT_SHARE = 0.55  # registered people with WeChat who add a member of staff
ANONYMOUS_CONTACT_SHARE = 0.2
LOST_BY_CUSTOMER_SHARE = (0.10, 0.25)  # people who still buy, people who dropped out
LOST_BY_STAFF_SHARE = 0.02
TRANSFER_SHARE = 0.03
ADDED_AGAIN_SHARE = 0.15  # lost contacts who add the same member of staff again

# Activity in the app and shop after dropout, against before it.
ACTIVITY_AFTER_DROPOUT = 0.15


def constants() -> dict[str, float | tuple | dict]:
    """Return every constant of this module by its lower-case name."""
    return {name.lower(): value for name, value in globals().items() if name.isupper()}
