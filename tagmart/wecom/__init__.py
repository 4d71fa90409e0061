"""Brings the customer tags of WeCom (企业微信) to what the marts want, with the fewest calls. docs/wecom.md is the user's page.

command, options, figures, report   `tagmart wecom plan | apply | status` and what they print
mart, wanted                        what schema `activation` wants, copied once into a file beside the journal
journal, own_tags, relations        what we have set, kept over runs and kills
client, token, rates, gate          one call: retries, error codes, calls within a minute and an hour, calls at once
interface                           the calls of WeCom that are used, typed
catalogue, settling, renames        names to ids; which groups and tags are to be made or renamed
session                             a run: look, or bring right and read back
comparing, reading, difference      members are read in parts, each relation is compared
changing, job                       relations that differ are brought right, one call each
"""
