"""Where each of My Details shows, in the page's words."""

APPEARS_ON = {
    "name": ("Superbill", "CMS-1500 item 31"),
    "claim_name": ("CMS-1500 item 31", "CMS-1500 item 33 when billing as a person"),
    "credentials": ("Superbill", "CMS-1500 item 31"),
    "signature": ("CMS-1500 item 31",),
    "contact_email": ("Superbill",),
    "npi": ("Superbill", "CMS-1500 item 24J"),
    "tax_id": ("Superbill, where ticked", "Never on claims"),
    "other_ids": ("Superbill", "CMS-1500 items 24I, 24J"),
    "licenses": ("Superbill",),
    "description": ("Online scheduler",),
    "about_me": ("Online scheduler",),
}
