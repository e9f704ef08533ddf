"""Every button that belongs to staff, with values that would do something."""

from __future__ import annotations

from tests.callback_data import PAGES, declared_on
from tests.scenarios.announcements.announcing import STAFF_BUTTONS

DECISIONS = ("approve", "decline", "asked", "answer")
# Only in the moderators' group; elsewhere they are buttons of nobody.
OF_THE_GROUP = {"GroupCard", "GroupDesk", "GroupReason"}
OF_DELEGATES = {
    "DayPage",
    "RoomPage",
    "RoomsPage",
    "MyPage",
    "SessionCard",
    "Found",
    "Star",
    "Calendar",
    "SpeakersPage",
    "SpeakerCard",
    "SpeakingPage",
    "Rate",
    "RateWord",
    "RemoveRating",
    "NewsPage",
    "NewsItem",
}


def staff_presses(session: str, day: str, person: int, digest: str) -> dict[str, tuple[str, ...]]:
    """By the class of the button. `digest` is of an open invitation, `person` a moderator."""
    return {
        "DeskPage": ("kp:0",),
        "DeskSession": (f"ks:{session}",),
        "DeskNext": (f"kn:{session}:w:0", f"kn:{session}:a:0"),
        "Decide": tuple(f"kd:1:{decision}:-" for decision in DECISIONS),
        "Reason": ("kr:1:rude:-", "kr:1:own:-", "kr:1:none:-"),
        "ShowCard": ("kc:1:-",),
        "Work": ("kw:1:take:-", "kw:1:leave:-", "kw:1:over:-"),
        "More": ("km:1:-",),
        "SetVoice": ("kv:1:1:-", "kv:1:0:-", "kv:1:0:m"),
        "MutedPage": ("kq:0",),
        "Undo": ("ku:1:-",),
        "History": ("kh:1:-",),
        "JournalPage": ("ka:0::0",),
        "JournalBy": ("kf:person:0", "kf:session:0"),
        "Correct": ("je:1:-",),
        "ShowOriginal": ("jo:1:-",),
        "MergePick": ("jm:1:0:-",),
        "MergeWith": ("jt:1:1:-",),
        "MergeNow": ("jy:1:1:1:1:-",),
        "Unmerge": ("ju:1:-",),
        "LabelPick": ("jl:1:-",),
        "SetLabel": ("jb:1:law:1:-",),
        "LabelCounts": (f"jf:{session}",),
        "LabelList": (f"jg:{session}:law:0",),
        "Sortings": (f"jp:{session}",),
        "Sort": (f"js:{session}:time",),
        "StopWordsPage": ("jw:0",),
        "RemoveStopWord": ("jr:0123456789abcdef:0",),
        "OpenStage": (f"to:{session}",),
        "LeaveStage": (f"tl:{session}",),
        "StageMove": tuple(f"tm:1:1:{move}" for move in ("put", "off", "asked", "next", "later", "skip", "back")),
        "StageAnswer": ("ta:1:1",),
        "StageUndo": ("tu:1",),
        "StageList": (f"tp:{session}:0",),
        "StageSkipped": (f"tk:{session}:0",),
        "StageNote": (f"tn:{session}",),
        "ClearNote": (f"tc:{session}:1:stage",),
        "Papers": (f"ym:{session}", "ym:"),
        "GetPaper": (f"yf:{session}:xlsx", "yf::docx"),
        "ReadSummary": (f"ys:{session}", "ys:"),
        "MarkRun": tuple(
            f"rnm:{session}:{move}:{until}:0:now" for move, until in (("start", 0), ("over", 1795000000), ("end", 0))
        ),
        "UnmarkRun": (f"rnu:{session}:start:1:page",),
        "RunPage": (f"rnp:{session}",),
        "RatingsPage": ("rtl:p:0", "rtl:m:0"),
        "SessionRatings": (f"rts:{session}:0:p:0",),
        "RatingsPicture": ("rtp:p:0",),
        "RatingsFile": ("rtf",),
        "RegistrationsPicture": ("spr",),
        "TakeBack": (f"ck:{person}:1",),
        "PresentPage": ("ckp:0",),
        "GuestCard": (f"ckf:{person}",),
        "LetIn": (f"cki:{person}",),
        "BadgeSheet": ("bd:all:", "bd:new:", f"bd:person:{person}"),
        "SheetDelegations": ("bdd:0",),
        "Reissue": (f"bdr:{person}:0", f"bdr:{person}:1"),
        "PosterDay": (f"qr:{day}:0",),
        "PosterOf": (f"qrs:{session}",),
        "GetPoster": (f"qrf:q:{session}", f"qrf:s:{session}", f"qrf:sessions:{day}", f"qrf:rooms:{day}", "qrf:p:"),
        "ChangeDay": (f"ped:{day}:0",),
        "ChangeSession": tuple(f"pes:{session}:{part}:0" for part in ("", "time", "room", "swap", "people", "kind")),
        "ShiftScope": (f"peo:{session}:d",),
        "Shift": (f"peh:{session}:o:20:0",),
        "TypeChange": tuple(f"pet:{session}:{what}" for what in ("start", "length", "room")),
        "ToRoom": (f"per:{session}:otyrar:0",),
        "SwapWith": (f"pew:{session}:lunch-1:0",),
        "SetKind": (f"pek:{session}:panel:0",),
        "SetCancelled": (f"pec:{session}:1:0",),
        "PersonIn": (f"pen:{session}:altayev",),
        "DropPerson": (f"pex:{session}:altayev:m:0",),
        "FindPerson": (f"pef:{session}:s",),
        "TakePerson": (f"pe:{session}:s:altayev:0",),
        "NewPerson": (f"pea:{session}:s",),
        "ReplaceEverywhere": ("za:altayev",),
        "SeeReplacing": ("zb:altayev:nurgaziyeva", "zb:altayev:"),
        "ReplaceNow": ("ze:altayev:nurgaziyeva:0", "ze:altayev::0"),
        "SeeRemoval": ("zd:p:altayev:0", "zd:r:otyrar:0"),
        "RemoveNow": ("zx:p:altayev:0", "zx:r:otyrar:0"),
        "HallsOfDay": (f"zh:{day}::0", f"zh:{day}:otyrar:0"),
        "SeeHalls": (f"zw:{day}:otyrar:sauran",),
        "SwapHalls": (f"zs:{day}:1:2:0",),
        "AddSession": (f"peg:{day}",),
        "TextsList": ("pel:p:0", "pel::0"),
        "Texts": (f"pei:s:{session}:t", f"pei:s:{session}:"),
        "TypeText": (f"pej:s:{session}:t:ru",),
        "DropText": (f"peu:s:{session}:t:ru:0",),
        "ProgrammeFile": tuple(f"pf:{kind}" for kind in ("template", "xlsx", "toml", "json", "xml", "ics")),
        "DraftPage": ("pp:0",),
        "AskPublish": ("ppa:0",),
        "Publish": ("ppy:1:0:0", "ppy:1:0:1"),
        "UndoPublish": ("ppu:1",),
        "TakeBackStep": ("ppt:0:1:1",),
        "DiscardDraft": ("ppd:0:1",),
        "VersionsPage": ("pv:0",),
        "CompareVersions": ("pvc:1:0:0",),
        "BringBack": ("pvb:1:0",),
        "TakeBackChange": (f"pey:{session}:1:0",),
        "SpeakerLinks": ("sk:0",),
        "SpeakerLink": ("skd:altayev:0",),
        "FindSpeaker": ("skf",),
        "SendPhoto": ("ph:altayev:0",),
        "DropPhoto": ("phx:altayev:0:0",),
        "WatchAddress": ("wa",),
        "CheckWatch": ("wac",),
        "EndWatch": ("wax:0", "wax:1"),
        "HallScreen": (f"hs:{session}",),
        "HallPrivate": (f"hp:{session}:0:1", f"hp:{session}:1:1"),
        "Announce": ("an:1:send", "an:1:cancel"),
        **STAFF_BUTTONS,
        "Invite": ("si:moderator:", f"si:moderator:{session}", "si:organizer:", "si:speaker:altayev"),
        "InviteDay": (f"sd:{day}:0",),
        "Revoke": (f"sr:{person}:moderator::0", f"sr:{person}:moderator::1"),
        "WithdrawInvitation": (f"sw:{digest[:16]}",),
    }


def of_staff() -> set[str]:
    """The classes whose buttons are staff's alone."""
    return {name for page in PAGES.values() for name in declared_on(page)} - of_everybody() - OF_THE_GROUP


def of_everybody() -> set[str]:
    """What delegates press: whole pages, and what stands next to staff's on others."""
    pages = ("", "questions", "people")
    return {name for page in pages for name in declared_on(PAGES[page])} | OF_DELEGATES
