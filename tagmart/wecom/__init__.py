"""Brings the customer tags of WeCom (企业微信) to what the marts want, with the fewest calls. docs/wecom.md is the user's page.

command, options     `tagmart wecom plan | apply | status`
mart, wanted         what schema `activation` wants, read once into a file beside the journal
client, token        one call: rates, calls in flight, retries, and what each error code means
rates, gate          calls within a minute and an hour; calls at once, and never two for one customer
interface            the calls of WeCom that are used, typed
journal, own_tags, relations   what we have set, kept over runs and kills
catalogue, settling  names to ids; which groups and tags are to be made or renamed
difference           what one relation lacks and has too much
reading, running     members are read in parts, relations that differ are brought right
report               what is said about it
"""
