"""Names in Chinese, Japanese and Korean, with the titles and employers that stand before or behind them."""

import re

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.context import Context
from standfirst.bylines.reading.drafts import Draft
from standfirst.bylines.reading.given import is_given_name
from standfirst.bylines.reading.kinds import (
    cjk_kind,
    is_cjk,
    is_handle_shape,
    looks_like_cjk_person,
)

CJK_JOB_BEFORE = re.compile(
    r"^(?P<org>\S{0,20}?)\s?(?P<job>(?:特派|特约|实习|驻\S{1,4})?(?:记者|記者)|通讯员|特派员)\s?(?P<name>\S.*)$"
)
# ワシントン=高野遼: in these letters foreign places are written, and no Japanese names.
KATAKANA = re.compile("[\u30a0-\u30ff・]+")
# “发自北京”, “台北報導”
DATELINE = re.compile(
    "[\\s/](?:(?:发自|發自)(?P<from>[\u4e00-\u9fff]{2,8})|(?P<at>[\u4e00-\u9fff]{2,4})(?:報導|报道|報道|电|電))$"
)


def read_cjk(text: str, draft: Draft, context: Context) -> str:
    if dateline := DATELINE.search(text):
        draft.place = dateline["from"] or dateline["at"]
        text = text[: dateline.start()]
    words = text.split()
    if len(words) > 1 and (words[-1] in w.CJK_AFTER_NAMES or words[-1] in w.CJK_LABELS) and not draft.roles:
        if words[-1] in w.CJK_TITLED:
            draft.title = words[-1]
        draft.roles = (w.CJK_LABELS.get(words[-1], "author"),)
        words = words[:-1]
    if found := CJK_JOB_BEFORE.match(" ".join(words)):
        draft.title = draft.title or found["job"]
        if found["org"] not in ("", "本报", "本刊", "本网", "本社", "本報"):
            draft.org = draft.org or found["org"]
        words = found["name"].split()
    if len(words) > 1 and not draft.title:
        for end in range(len(words) - 1, 0, -1):
            if any(words[end - 1].endswith(job) for job in w.CJK_JOBS):
                draft.title = " ".join(words[:end])
                words = words[end:]
                break
    if (
        len(words) > 1
        and not draft.title
        and any(words[-1] == job or (words[-1].endswith(job) and len(words[-1]) > 2) for job in w.CJK_JOBS)
    ):
        draft.title = words[-1]
        words = words[:-1]
    if len(words) > 1 and not draft.org and cjk_kind("".join(words)) != "team":
        if cjk_kind(words[0]) in ("organisation", "staff", "agency") and cjk_kind(words[-1]) is None:
            draft.org, words = words[0], words[1:]
        elif (
            cjk_kind(words[-1]) in ("organisation", "staff", "agency")
            and (len(words[0]) > 1 and cjk_kind(words[0]) is None)
            and (is_cjk(words[0]) or is_handle_shape(words[0]))
        ):
            draft.org, words = words[-1], words[:-1]
    if len(words) == 2 and not (draft.org or draft.title):
        words = _without_stranger(words, draft, context)
    text = " ".join(words)
    if text.count("=") == 1:
        # 山田太郎=ロンドン, 서울=홍길동
        left, right = (half.strip() for half in text.split("="))
        if left and right:
            is_dateline = bool(KATAKANA.fullmatch(left)) or bool(re.search("[\uac00-\ud7af]", text))
            draft.place, text = (left, right) if is_dateline else (right, left)
    if "-" in text and text.count("-") == 1:
        left, right = (half.strip() for half in text.split("-"))
        if left and is_cjk(left) and looks_like_cjk_person(right):
            draft.org = draft.org or left
            return right
    if (
        len(words) == 2
        and all(looks_like_cjk_person(word) and len(word) in (2, 3) for word in words)
        and context.language != "ja"
        and words[1][0] in w.CJK_SURNAMES
    ):
        is_sure = draft.title.endswith(("记者", "記者", "기자"))
        if is_sure or len(text) > 5:
            if not is_sure:
                draft.doubts.append(f"“{text}” was read as two people.")
            title_first = f"{draft.title} {words[1]}"
            title_last = f"{words[1]} {draft.title}"
            draft.others.append(
                (title_last if draft.title == "기자" else title_first) if is_sure else words[1]
            )
            return words[0]
        draft.doubts.append(f"“{text}” may be two people.")
    return text


def _without_stranger(words: list[str], draft: Draft, context: Context) -> list[str]:
    """“腾讯 沈若溪”, “三浦遥 ITmedia”: beside a whole name a word that is none, probably where they work."""
    first, last = words
    if (
        is_cjk(first)
        and len(first) > 2
        and not is_cjk(last)
        and not last.islower()
        and not is_given_name(last)
    ):
        draft.org, words = last, words[:1]
    elif (
        context.language != "ja"
        and len(last) == 3
        and looks_like_cjk_person(last)
        and is_cjk(first)
        and not looks_like_cjk_person(first)
    ):
        draft.org, words = first, words[1:]
    if draft.org:
        draft.doubts.append(f"Is “{draft.org}” where {words[0]} works?")
    return words
