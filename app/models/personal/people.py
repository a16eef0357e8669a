"""What is kept of people themselves: accounts, memberships, mail, notices, interest, MPs, the record, their rights."""

from policies.personal import Held
from policies.privacy import Purpose

HELD: dict[str, Held] = {
    "people": Held(
        "Your account",
        personal={Purpose.ACCOUNT: "id name email created_at erased_at"},
        plain="is_demonstration is_offered",
        found_by={"id": "id name email created_at"},
    ),
    "memberships": Held(
        "Your memberships",
        personal={
            Purpose.MEMBERSHIP: "person_id key group_key stage is_vouched name asked_at declared_words declared_at"
            " verified_at active_since runs_until reason refused_at",
            Purpose.OFFICE: "is_clerk is_deputy clerk_until decided_by",
        },
        plain="id",
        found_by={
            "person_id": "key group_key stage is_clerk is_deputy is_vouched name asked_at declared_words declared_at"
            " verified_at active_since runs_until clerk_until reason refused_at",
            "decided_by": "id",
        },
    ),
    "sign_ins": Held(
        "Where you are signed in",
        personal={Purpose.SIGN_IN: "person_id digest browser started_at ends_at passkey_at fresh_at"},
        plain="id",
        found_by={"person_id": "browser started_at ends_at passkey_at fresh_at"},
    ),
    "mailed_links": Held(
        "Links that were mailed to you",
        personal={
            Purpose.SIGN_IN: "digest purpose address membership_id browser_digest wrong_addresses created_at expires_at"
            " used_at revoked_at"
        },
        plain="id",
        found_by={
            "address": "purpose address created_at expires_at used_at revoked_at",
            "membership_id.person_id": "purpose address created_at expires_at used_at revoked_at",
        },
    ),
    "mails": Held(
        "Letters to you",
        personal={
            Purpose.MAIL: "person_id address letter subject body unsubscribe_url message_id stage tries fault"
            " created_at next_try_at claimed_at useless_after sent_at"
        },
        plain="id",
        # Not its words, which are deleted once it is sent and can hold a key to an account until then.
        found_by={
            "person_id": "address letter subject stage created_at sent_at",
            "address": "address letter subject stage created_at sent_at",
        },
    ),
    "notices": Held(
        "What you were told",
        personal={
            Purpose.NOTICES: "person_id kind thing word plank_id amendment_id round_id channel told_at mailed_at"
            " read_at"
        },
        plain="id",
        found_by={"person_id": "kind plank_id amendment_id round_id word channel told_at mailed_at read_at"},
    ),
    "notice_choices": Held(
        "How you want to be told",
        personal={Purpose.NOTICES: "person_id kind channel"},
        found_by={"person_id": "kind channel"},
    ),
    "follows": Held(
        "Planks you follow",
        personal={Purpose.NOTICES: "person_id plank_id followed_at"},
        found_by={"person_id": "plank_id followed_at"},
    ),
    "mail_stops": Held(
        "Links in letters that end such letters",
        personal={Purpose.NOTICES: "person_id digest address_digest kind"},
        found_by={"person_id": "kind"},
    ),
    "supporters": Held(
        "Interest you registered",
        personal={Purpose.INTEREST: "email name key confirmed_at"},
        plain="id",
        found_by={"email": "email name confirmed_at"},
    ),
    "consents": Held(
        "What you agreed to",
        personal={Purpose.INTEREST: "supporter_id purpose words given_at"},
        plain="id",
        found_by={"supporter_id.email": "purpose words given_at"},
    ),
    "interest_requests": Held(
        "Interest you have not confirmed",
        personal={Purpose.INTEREST: "link_id name contact_words news_words asked_at"},
        plain="id",
        found_by={"link_id.address": "name contact_words news_words asked_at"},
    ),
    "mps": Held(
        "Your seat in Parliament",
        personal={
            Purpose.MP: "register_id name party party_group seat gss sought person_id came_at left_at looked_at"
            " vouched_by_id vouched_too_id"
        },
        plain="id is_demonstration",
        found_by={
            "person_id": "register_id name party seat gss came_at left_at looked_at",
            "vouched_by_id": "id",
            "vouched_too_id": "id",
        },
    ),
    "positions": Held(
        "Your positions as an MP",
        personal={Purpose.MP: "mp_id version_id kind statement state party recorded_at ended_at"},
        plain="id",
        found_by={"mp_id.person_id": "version_id kind statement state party recorded_at ended_at"},
    ),
    "register_imports": Held("Readings of the register of MPs", plain="id imported_at rows sha256"),
    "audit_rows": Held(
        "What you changed, in the record",
        personal={Purpose.RECORD: "by_person by_group at act subject subject_id"},
        plain="id details seal_id",
        found_by={"by_person": "id at act subject subject_id", "subject_id": "id at act subject subject_id"},
    ),
    "audit_seals": Held("The seals of the record", plain="id sealed_at rows previous seal"),
    "data_exports": Held(
        "Archives of your data",
        personal={Purpose.RIGHTS: "person_id digest asked_at used_at"},
        plain="id",
        found_by={"person_id": "asked_at used_at"},
    ),
    "record_reads": Held(
        "Officers who read your record",
        personal={Purpose.RIGHTS: "person_id office group_key what day times", Purpose.OFFICE: "reader_id"},
        plain="id",
        found_by={"person_id": "office group_key what day times", "reader_id": "what day times"},
    ),
    "dormancies": Held(
        "Since when you belong to no group",
        personal={Purpose.RIGHTS: "person_id since"},
        found_by={"person_id": "since"},
    ),
    "demonstrations": Held("Whether this is a demonstration", plain="id clock_offset"),
    "search_changes": Held("What the search index has not been told yet", plain="id subject"),
    "search_documents": Held(
        "The search index, made anew from the texts whenever they change",
        plain="key subject kind audience theme digest weight words",
    ),
    "counters": Held("The last public numbers", plain="name value"),
    "made_files": Held(
        "Files of public words, made for anybody",
        plain="id key kind ref form state stage tries done total name content asked_at claimed_at",
    ),
    "public_marks": Held("A mark that changes with what is public", plain="id mark"),
}
