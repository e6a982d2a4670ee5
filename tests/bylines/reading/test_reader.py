"""Bylines as tired people type them, and what is read from them."""

from typing import Any

import pytest

from standfirst.bylines.reading import as_json, read_byline


def said(raw: str, **context: Any) -> list[str]:
    """Each credit in one line: the name, the role if it is not author, the kind if not person, and what stands beside."""
    lines = []
    for credit in as_json(read_byline(raw, **context))["credits"]:
        name, role, kind = credit.pop("name"), credit.pop("role"), credit.pop("kind")
        words = [name]
        if role not in ("author", "organisation"):
            words.append(f"[{role}]")
        if kind != "person":
            words.append(f"[{kind}]")
        words += [f"{key}={value}" for key, value in credit.items()]
        lines.append(" ".join(words))
    return lines


LISTS = [
    ("Ada Quill", ["Ada Quill"]),
    ("By Ada Quill and Ben Marsh", ["Ada Quill", "Ben Marsh"]),
    ("By: Ada Quill, Ben Marsh & Cleo Finch", ["Ada Quill", "Ben Marsh", "Cleo Finch"]),
    ("Ada Quill, Ben Marsh, and Cleo Finch", ["Ada Quill", "Ben Marsh", "Cleo Finch"]),
    ("Ada Quill\nBen Marsh", ["Ada Quill", "Ben Marsh"]),
    ("Ada Quill/Ben Marsh", ["Ada Quill", "Ben Marsh"]),
    ("Ada Quill ,Ben Marsh ,", ["Ada Quill", "Ben Marsh"]),
    ("Von Anna Holm und Bernd Kloss", ["Anna Holm", "Bernd Kloss"]),
    ("Par Jean Moret et Lise Aubry", ["Jean Moret", "Lise Aubry"]),
    ("Por Ana Soler y Juan Pardo", ["Ana Soler", "Juan Pardo"]),
    ("Por Ana Brito e Rui Salgado", ["Ana Brito", "Rui Salgado"]),
    ("Door Jan Jonker en Piet de Wit", ["Jan Jonker", "Piet de Wit"]),
    ("Иван Петров и Анна Сидорова", ["Иван Петров", "Анна Сидорова"]),
    ("ADA QUILL AND BEN MARSH", ["ADA QUILL", "BEN MARSH"]),
    ("José Ortega y Gasset", ["José Ortega y Gasset"]),
    ("Fabio Lume E Julia Faro", ["Fabio Lume", "Julia Faro"]),
    ("Anna Holm Und Bernd Kloss", ["Anna Holm", "Bernd Kloss"]),
    ("Mary E Quill", ["Mary E Quill"]),
    ("Mary Ann E Quill", ["Mary Ann E Quill"]),
    ("Av Anna Holm och Nils Kloss", ["Anna Holm", "Nils Kloss"]),
    ("['Ada Quill', 'Ben Marsh']", ["Ada Quill", "Ben Marsh"]),
    ('["Ada Quill", "Ben Marsh"]', ["Ada Quill", "Ben Marsh"]),
    ('["Ada Quill, on behalf of the Compiler Team"]', ["Ada Quill", "Compiler Team [team]"]),
    ("- Ada Quill\n- Ben Marsh", ["Ada Quill", "Ben Marsh"]),
    ("<![CDATA[Ada Quill]]>", ["Ada Quill"]),
    ('[{"@type": "Person", "name": "Ada Quill"}, {"name": "Ben Marsh"}]', ["Ada Quill", "Ben Marsh"]),
    ("Ada Quill w/ Ben Marsh", ["Ada Quill", "Ben Marsh"]),
    ("Ada Quill with Ben Marsh", ["Ada Quill", "Ben Marsh"]),
    ("Guest post by Ada Quill", ["Ada Quill"]),
    ("דנה לוי ואמיר כהן", ["דנה לוי", "אמיר כהן"]),
    ("أحمد العلي وسارة خان", ["أحمد العلي", "سارة خان"]),
    ("سارة خان، أحمد العلي", ["سارة خان", "أحمد العلي"]),
    ("नेहा वर्मा और अमित शर्मा", ["नेहा वर्मा", "अमित शर्मा"]),
    ("Μαρία Παπά και Γιάννης Λύκος", ["Μαρία Παπά", "Γιάννης Λύκος"]),
    ("'Ada Quill, Ben Marsh'", ["Ada Quill", "Ben Marsh"]),
    ('Ada Quill"', ["Ada Quill"]),
    ("Ada Quill —", ["Ada Quill"]),
    ("[[Ada Quill]]", ["Ada Quill"]),
    ("> * Ada Quill\n> * Ben Marsh", ["Ada Quill", "Ben Marsh"]),
    ("<a href='/a'>Ada Quill</a> <a href='/b'>Ben Marsh</a>", ["Ada Quill url=/a", "Ben Marsh url=/b"]),
    ("{first}, {second}".format(first="Quill, Ada;", second="Marsh, Ben;"), ["Ada Quill", "Ben Marsh"]),
]

ROLES = [
    ("Words by Ada Quill, photographs by Ben Marsh", ["Ada Quill", "Ben Marsh [photographer]"]),
    ("Words and photographs by Ada Quill", ["Ada Quill", "Ada Quill [photographer]"]),
    ("Text: Anna Holm Fotos: Bernd Kloss", ["Anna Holm", "Bernd Kloss [photographer]"]),
    ("Texte de Jean Moret, photos de Lise Aubry", ["Jean Moret", "Lise Aubry [photographer]"]),
    ("Ada Quill, translated from the French by Ben Marsh", ["Ada Quill", "Ben Marsh [translator]"]),
    ("Traducción: Ana Soler", ["Ana Soler [translator]"]),
    (
        "Reported by Ada Quill and Ben Marsh; edited by Cleo Finch",
        ["Ada Quill", "Ben Marsh", "Cleo Finch [editor]"],
    ),
    ("Ada Quill with additional reporting by Ben Marsh", ["Ada Quill", "Ben Marsh [contributor]"]),
    ("Ada Quill. Illustration by Ben Marsh", ["Ada Quill", "Ben Marsh [illustrator]"]),
    ("By Ada Quill Photographs by Ben Marsh", ["Ada Quill", "Ben Marsh [photographer]"]),
    ("Ada Quill (text), Ben Marsh (photos)", ["Ada Quill", "Ben Marsh [photographer]"]),
    ("Ada Quill, photographer", ["Ada Quill [photographer]"]),
    ("Ada Quill, ed.", ["Ada Quill [editor]"]),
    ("Edited and introduced by Ada Quill", ["Ada Quill [editor]", "Ada Quill [contributor]"]),
    ("Tekst og foto: Ada Quill", ["Ada Quill", "Ada Quill [photographer]"]),
    ("Tekst Ada Quill, zdjęcia Ben Marsh", ["Ada Quill", "Ben Marsh [photographer]"]),
    ("Yazı: Ada Quill Fotoğraf: Ben Marsh", ["Ada Quill", "Ben Marsh [photographer]"]),
    ("By Ada Quill, photography Ben Marsh", ["Ada Quill", "Ben Marsh [photographer]"]),
    ("Transl. Ada Quill", ["Ada Quill [translator]"]),
    ("Ada Quill, trans. Ben Marsh", ["Ada Quill", "Ben Marsh [translator]"]),
    ("Ada Quill (trans. Ben Marsh)", ["Ada Quill", "Ben Marsh [translator]"]),
    ("Written by Ada Quill and read by Ben Marsh", ["Ada Quill", "Ben Marsh [reader]"]),
    ("The executive producer was Cleo Finch", ["Cleo Finch [producer] title=executive producer"]),
    ("Interview by Ada Quill", ["Ada Quill"]),
    ("Words Ada Quill Photography Ben Marsh", ["Ada Quill", "Ben Marsh [photographer]"]),
    ("<b>Words</b> Ada Quill<br><b>Photos</b> Ben Marsh", ["Ada Quill", "Ben Marsh [photographer]"]),
    (
        "Words & Photos Ada Quill Illustration Cleo Finch",
        ["Ada Quill", "Ada Quill [photographer]", "Cleo Finch [illustrator]"],
    ),
    ("Edited by Ada Quilltranslated by Ben Marsh", ["Ada Quill [editor]", "Ben Marsh [translator]"]),
    ("Autor/in: Ada Quill", ["Ada Quill"]),
    ("Crédit photo : Ada Quill", ["Ada Quill [photographer]"]),
    ("Produced and presented by Ada Quill", ["Ada Quill [producer]", "Ada Quill [contributor]"]),
]

BESIDE = [
    ("Ada Quill, Deputy Editor", ["Ada Quill title=Deputy Editor"]),
    ("Ada Quill Science editor", ["Ada Quill title=Science editor"]),
    ("Ada Quill and Ben Marsh, Staff Writers", ["Ada Quill title=Staff Writers", "Ben Marsh title=Staff Writers"]),
    ("Political editor Ada Quill", ["Ada Quill title=Political editor"]),
    ("Ada Quill, MP for Leeds", ["Ada Quill title=MP for Leeds"]),
    ("Ada QuillStaff Writer", ["Ada Quill title=Staff Writer"]),
    ("Ada Quill in London and Ben Marsh in Paris", ["Ada Quill place=London", "Ben Marsh place=Paris"]),
    ("Ada Quill and Ben Marsh in London", ["Ada Quill place=London", "Ben Marsh place=London"]),
    ("Ada Quill, for the Lantern Post", ["Ada Quill org=Lantern Post"]),
    ("By ADA LEE QUILL Associated Press", ["ADA LEE QUILL org=Associated Press"]),
    ("Ada Quill for Bloomberg News", ["Ada Quill org=Bloomberg News"]),
    ("Ada Quill for Reuters", ["Ada Quill org=Reuters"]),
    ("Ada Quill/Reuters", ["Ada Quill org=Reuters"]),
    ("Ada Quill | The Lantern", ["Ada Quill org=The Lantern"]),
    ("Ada Quill, The Economist", ["Ada Quill org=The Economist"]),
    ("Ada Quill, the editor", ["Ada Quill title=the editor"]),
    ("Ada Quill, University of Leeds", ["Ada Quill org=University of Leeds"]),
    ("Ada Quill, Ben Marsh and Cleo Finch, BBC", [f"{name} org=BBC" for name in ("Ada Quill", "Ben Marsh", "Cleo Finch")]),
    ("Ada Quill <ada@lantern.example>", ["Ada Quill email=ada@lantern.example"]),
    ("ada@lantern.example (Ada Quill)", ["Ada Quill email=ada@lantern.example"]),
    ("ada@lantern.example (ada@lantern.example)", ["ada@lantern.example [handle] email=ada@lantern.example"]),
    ("[Ada Quill](ada@lantern.example)", ["Ada Quill email=ada@lantern.example"]),
    ("Ada Quill (@ada)", ["Ada Quill handle=@ada"]),
    ("Ada Quill@adaquill", ["Ada Quill handle=@adaquill"]),
    ("Ada Quill (github.com/ada)", ["Ada Quill url=github.com/ada"]),
    ("Dr Ada Quill", ["Ada Quill prefix=Dr"]),
    ("Sir Ben Marsh, KC, MP", ["Ben Marsh prefix=Sir suffix=KC, MP"]),
    ("Ada Quill, PhD, and Ben Marsh, MD", ["Ada Quill suffix=PhD", "Ben Marsh suffix=MD"]),
    ("Ada Quill, Ph.D.", ["Ada Quill suffix=Ph.D."]),
    ("Ada Quill, RN, MSN", ["Ada Quill suffix=RN, MSN"]),
    ("Ada Quill, M.D., and Ben Marsh, Ph.D.", ["Ada Quill suffix=M.D.", "Ben Marsh suffix=Ph.D."]),
    ("Ben Marsh, Jr.", ["Ben Marsh, Jr."]),
    ("Ben Marsh III", ["Ben Marsh III"]),
    ("Ada Quill (née Marsh)", ["Ada Quill aka=Marsh"]),
    ("Ada Quill aka Adele", ["Ada Quill aka=Adele"]),
    ("Robert “Bob” Marsh", ["Robert “Bob” Marsh nickname=Bob"]),
    ('Robert "Bob" Marsh', ['Robert "Bob" Marsh nickname=Bob']),
    ("Ada Quill (now), Ben Marsh and Cleo Finch (earlier)", ["Ada Quill note=now", "Ben Marsh note=earlier", "Cleo Finch note=earlier"]),
    ("ADA QUILL Associated Press", ["ADA QUILL org=Associated Press"]),
    ("Ada Quill Special to The Lantern", ["Ada Quill title=Special to The Lantern"]),
    ("Dan Marsh Defence and security editor", ["Dan Marsh title=Defence and security editor"]),
    ("Ada Quill @ada on Twitter", ["Ada Quill handle=@ada"]),
    ("ADA QUILL Berlin", ["ADA QUILL place=Berlin"]),
    ("Ada Quill (1-25), Ben Marsh (26-50)", ["Ada Quill note=1-25", "Ben Marsh note=26-50"]),
    ("Ada Quill (WWF), Ben Marsh (Leeds University)", ["Ada Quill org=WWF", "Ben Marsh org=Leeds University"]),
    ("Ada Quill, Lantern staff", ["Ada Quill org=Lantern staff"]),
    ("Ada Quill on Ben Marsh", ["Ada Quill subject=Ben Marsh"]),
    ("Dr. Ada Quill Abteilung Kommunikation", ["Ada Quill org=Abteilung Kommunikation prefix=Dr."]),
    ("Von LANTERN-Experte Ada Quill", ["Ada Quill title=LANTERN-Experte"]),
    ("By Ada Quill LanternVoice Staff", ["Ada Quill org=LanternVoice Staff"]),
    ("By ADA QUILL and BEN MARSHAssociated Press", ["ADA QUILL org=Associated Press", "BEN MARSH org=Associated Press"]),
    ("Foto: REUTERS/Ada Quill", ["Ada Quill [photographer] org=REUTERS"]),
    ("lantern.news/Ada Quill", ["Ada Quill org=lantern.news"]),
    ("Ada Quill/Lantern Observer", ["Ada Quill org=Lantern Observer"]),
    ("Ada Quill, CEO, Umbra Firma Energy", ["Ada Quill title=CEO org=Umbra Firma Energy"]),
    ("Anna Holm und Lise Kloss, Nairobi", ["Anna Holm place=Nairobi", "Lise Kloss place=Nairobi"]),
    ("By Ada Quill @aquill -", ["Ada Quill handle=@aquill"]),
    ("Ada Quill Follow", ["Ada Quill"]),
    ("Ada Quill in Kenya and Uganda", ["Ada Quill place=Kenya and Uganda"]),
    ("Ada Quill at Lantern Stadium", ["Ada Quill place=Lantern Stadium"]),
    ("Recipe courtesy of Ada Quill", ["Ada Quill"]),
    ("Ada Quill The Lantern", ["Ada Quill org=The Lantern"]),
    ("LNT's Ada Quill", ["Ada Quill org=LNT"]),
    ("नेहा वर्मा (Neha Verma)", ["नेहा वर्मा aka=Neha Verma"]),
]  # fmt: skip

ABROAD = [
    ("Κείμενο: Μαρία Φανάρη, Φωτογραφίες: Νίκος Φανάρης", ["Μαρία Φανάρη", "Νίκος Φανάρης [photographer]"]),
    ("Μαρία Φανάρη & Νίκος Φανάρης", ["Μαρία Φανάρη", "Νίκος Φανάρης"]),
    ("রোজিনা বাতিঘর ও আহমেদ বাতিঘর", ["রোজিনা বাতিঘর", "আহমেদ বাতিঘর"]),
    ("ডাঃ আহমেদ বাতিঘর", ["আহমেদ বাতিঘর prefix=ডাঃ"]),
    ("नेहा दीपक, विशेष संवाददाता", ["नेहा दीपक title=विशेष संवाददाता"]),
    ("Verkis kaj fotis: Ada Quill", ["Ada Quill", "Ada Quill [photographer]"]),
    ("Tradukis: Ada Quill kaj Ben Marsh", ["Ada Quill [translator]", "Ben Marsh [translator]"]),
    ("Rozmawiał Adam Latarnik", ["Adam Latarnik"]),
    ("Von Ada Quill Leitende Wirtschaftsredakteurin", ["Ada Quill title=Leitende Wirtschaftsredakteurin"]),
    ("Ada Quill, LANTERN-Präsidentin", ["Ada Quill title=LANTERN-Präsidentin"]),
    ("Ada Quill, O Estado de Lanterna", ["Ada Quill org=O Estado de Lanterna"]),
    (
        "Ada Quill, BBC, São Bernardo do Campo",
        ["Ada Quill org=BBC place=São Bernardo do Campo"],
    ),
    ("Ada Quill, Especial para o Estado", ["Ada Quill title=Especial para o Estado"]),
    ("EFE/ A.B. Quill", ["A.B. Quill org=EFE"]),
    ("审稿人 张三丰", ["张三丰 [proofreader]"]),
    ("文丨张小花 编辑丨李小明", ["张小花", "李小明 [editor]"]),
    ("某某：张小花", ["张小花"]),
    ("홍길동 김철수 기자", ["홍길동 title=기자", "김철수 title=기자"]),
    ("撰文：Ada Quill\n首发：Lantern\n发布：2023年1月", ["Ada Quill"]),
    ("Текст: Ярослав Квилл, фото: Анна Вольт", ["Ярослав Квилл", "Анна Вольт [photographer]"]),
    ("Редакция «Лампы»", ["Редакция «Лампы» [staff]"]),
    ("بقلم: أحمد علي", ["أحمد علي"]),
    ("ترجمة: سارة خان", ["سارة خان [translator]"]),
    ("هيئة التحرير", ["هيئة التحرير [staff]"]),
    ("מאת דנה לוי", ["דנה לוי"]),
    ("תרגום: דנה לוי", ["דנה לוי [translator]"]),
    ("लेखक: नेहा वर्मा", ["नेहा वर्मा"]),
    ("เรื่อง: สมชาย ใจดี ภาพ: สมหญิง ดีใจ", ["สมชาย ใจดี", "สมหญิง ดีใจ [photographer]"]),
    ("Ida Sol, Rory Mar y agencias", ["Ida Sol", "Rory Mar", "agencias [agency]"]),
    ("山田花子と鈴木太郎", ["山田花子", "鈴木太郎"]),
    ("홍길동·김철수", ["홍길동", "김철수"]),
    ("DUPONT Claire", ["Claire DUPONT"]),
    ("VALK Teodor, ASHBY Bronwyn", ["Teodor VALK", "Bronwyn ASHBY"]),
    ("Van der Meer, Joris", ["Joris Van der Meer"]),
    ("Krahe, Torben und Lundt, Birke", ["Torben Krahe", "Birke Lundt"]),
    ("Aus dem Englischen von Anna Holm", ["Anna Holm [translator]"]),
    ("Anna Holm, mit Material von dpa", ["Anna Holm", "dpa [agency]"]),
    ("Dal nostro inviato Mario Rossi", ["Mario Rossi title=nostro inviato"]),
    ("Ein Kommentar von Anna Holm", ["Anna Holm"]),
    ("Von Anna Holm, dpa", ["Anna Holm org=dpa"]),
    ("Traduit de l'anglais par Jean Moret", ["Jean Moret [translator]"]),
    ("Traduit de l'espagnol par Jean Moret", ["Jean Moret [translator]"]),
    ("Translated from the Icelandic by Ben Marsh", ["Ben Marsh [translator]"]),
    ("Tradotto dall'islandese da Mario Rossi", ["Mario Rossi [translator]"]),
    ("Entretien réalisé par Jean Moret", ["Jean Moret"]),
    ("Aufgezeichnet von Anna Holm", ["Anna Holm"]),
    ("Propos recueillis par Jean Moret", ["Jean Moret"]),
    ("Jean Moret, à Paris", ["Jean Moret place=Paris"]),
    ("Jean Moret (avec Lise Aubry et Paul Rey)", ["Jean Moret", "Lise Aubry", "Paul Rey"]),
    ("Jean Moret(Lunéville, correspondance)", ["Jean Moret place=Lunéville, correspondance"]),
    ("Jean Moret(Madrid, correspondant)", ["Jean Moret place=Madrid, correspondant"]),
    ("Jean Moret, avec AFP", ["Jean Moret", "AFP [agency]"]),
    ("Par Jean Moret, envoyé spécial", ["Jean Moret title=envoyé spécial"]),
    ("Juan Pardo / EFE", ["Juan Pardo org=EFE"]),
    ("Por João Salgado, da Agência Brasil", ["João Salgado org=Agência Brasil"]),
    ("di Mario Rossi", ["Mario Rossi"]),
    ("a cura di Mario Rossi", ["Mario Rossi [editor]"]),
    ("Door Jan Jonker, correspondent", ["Jan Jonker title=correspondent"]),
    ("서울=홍길동 기자", ["홍길동 title=기자 place=서울"]),
    ("文｜张三　编辑｜李四", ["张三", "李四 [editor]"]),
]

NAMES = [
    "Vincent van Gogh",
    "Lionel de la Cruz",
    "Osama bin Zaid al-Rashid",
    "Conor O'Brien",
    "Matthew d’Ancona",
    "J. R. R. Tolkien",
    "J.K. Rowling",
    "Ta-Nehisi Coates",
    "Nguyễn Văn An",
    "Владимир Иванов",
    "محمد علي",
    "Jean DUPONT",
    "Amanieu d'Antras",
    "Adriano dos Santos Júnior",
    "松村太郎",
    "嶋田 健志",
    "홍길동",
    "Will Self",
    "Ann Story",
    "Tom Read",
]

EAST_ASIAN = [
    ("作者：张三 / 译者：李四", ["张三", "李四 [translator]"]),
    ("翻译/编辑：张三", ["张三 [translator]", "张三 [editor]"]),
    ("文/张三 图/李四", ["张三", "李四 [illustrator]"]),
    ("文／王小明 攝影／李大同", ["王小明", "李大同 [photographer]"]),
    ("采访 | 张三 摄影 | 李四", ["张三", "李四 [photographer]"]),
    ("作者：张三（新华社）", ["张三 org=新华社"]),
    ("作者：蓝天集团 张三", ["张三 org=蓝天集团"]),
    ("作者：（张三、李四）", ["张三", "李四"]),
    ("作者：数据库团队", ["数据库团队 [team]"]),
    ("文＝山田太郎　写真＝鈴木花子", ["山田太郎", "鈴木花子 [photographer]"]),
    ("山田太郎　著、鈴木花子　訳", ["山田太郎", "鈴木花子 [translator]"]),
    ("홍길동 기자", ["홍길동 title=기자"]),
    ("本报记者 张三", ["张三 title=记者"]),
    ("Cupnfish / 后期编辑：张三", ["Cupnfish [handle]", "张三 [editor]"]),
    ("作者：腾远 沈若溪", ["沈若溪 org=腾远"]),
    ("山田太郎 Lantern", ["山田太郎 org=Lantern"]),
    ("苏婉婷｜文 戴伟｜摄影", ["苏婉婷", "戴伟 [photographer]"]),
    ("山田太郎＝文 鈴木花子＝写真", ["山田太郎", "鈴木花子 [photographer]"]),
    ("文・山田太郎　写真・鈴木花子", ["山田太郎", "鈴木花子 [photographer]"]),
    ("记者 苏婉婷 戴伟", ["苏婉婷 title=记者", "戴伟 title=记者"]),
    ("口述：张三 整理：李四", ["张三", "李四 [editor]"]),
    ("(서울=연합뉴스) 홍길동 기자", ["홍길동 title=기자 org=연합뉴스 place=서울"]),
    ("글 홍길동 사진 김철수", ["홍길동", "김철수 [photographer]"]),
    ("译者：", []),
    ("译者：小王；校对：小李；定稿：小张", ["小王 [translator]", "小李 [proofreader]", "小张 [editor]"]),
    ("作者：Ada Quill，原文链接，原文日期：2016-1-1", ["Ada Quill"]),
    ("原文链接=https://lantern.example/a-b/\n作者=Ada Quill\n校对=\n定稿=", ["Ada Quill"]),
    ("原文链接：https://lantern.example/a，译者：张三", ["张三 [translator]"]),
    ("后期整理：张三", ["张三 [editor]"]),
    ("エグゼクティブカウンシル", ["エグゼクティブカウンシル [team]"]),
]

NOBODYS = [
    ("", []),
    (" - ", []),
    ("admin", ["admin [account]"]),
    ("Super Admin", ["Super Admin [account]"]),
    ("Deleted User", ["Deleted User [account]"]),
    ("blogadmin", ["blogadmin [account]"]),
    ("Archive Import", ["Archive Import [system]"]),
    ("Legacy Author", ["Legacy Author [placeholder]"]),
    ("Site Editor", ["Site Editor [staff]"]),
    ("Reporters Without Borders", ["Reporters Without Borders [organisation]"]),
    ("{author}", ["{author} [placeholder]"]),
    ("@ada@lantern.example", ["@ada@lantern.example [handle]"]),
    ("Anonymous", ["Anonymous [placeholder]"]),
    ("{{name}}", ["{{name}} [placeholder]"]),
    ("Letters", ["Letters [placeholder]"]),
    ("Staff Writer", ["Staff Writer [staff]"]),
    ("From our own correspondent", ["our own correspondent [staff]"]),
    ("The Editors", ["The Editors [staff]"]),
    ("Die Redaktion", ["Die Redaktion [staff]"]),
    ("Lantern Staff", ["Lantern Staff [staff]"]),
    ("The Compiler Team", ["The Compiler Team [team]"]),
    ("Reuters", ["Reuters [agency]"]),
    ("Ada Quill and agencies", ["Ada Quill", "agencies [agency]"]),
    ("Agence France-Presse in Mumbai", ["Agence France-Presse [agency] place=Mumbai"]),
    ("Department of Health and Social Care", ["Department of Health and Social Care [organisation]"]),
    ("Ada Quill on behalf of the Compiler Team", ["Ada Quill", "Compiler Team [team]"]),
    ("European Quill Agency", ["European Quill Agency [organisation]"]),
    ("Quill Rights Watch", ["Quill Rights Watch [organisation]"]),
    ("Lantern Editorial Board", ["Lantern Editorial Board [staff]"]),
    ("From staff and wire reports", ["staff and wire reports [staff]"]),
    ("World Quill Organization", ["World Quill Organization [organisation]"]),
    ("Friends of the Quill Society", ["Friends of the Quill Society [organisation]"]),
    ("quill-runner[bot]", ["quill-runner[bot] [system]"]),
    ("Release automation", ["Release automation [system]"]),
    ("jane2000", ["jane2000 [handle]"]),
    ("BlackHoleFox", ["BlackHoleFox [handle]"]),
    ("@mark-i-m", ["@mark-i-m [handle]"]),
    ("nicky-krause", ["nicky-krause [slug]"]),
    ("nicky_van_krause", ["nicky_van_krause [slug]"]),
    ("lantern_krause", ["lantern_krause [handle]"]),
    ("Colégio Ada de Quill", ["Colégio Ada de Quill [organisation]"]),
    ("Author Not Set", ["Author Not Set [placeholder]"]),
    ("Board of Directors", ["Board of Directors [team]"]),
    ("No Content Found", ["No Content Found [placeholder]"]),
    ("LANTERN-Team", ["LANTERN-Team [team]"]),
    ("Lantern GNU/Linux Team", ["Lantern GNU/Linux Team [team]"]),
    ("AFP/The Lantern", ["AFP [agency]", "The Lantern [organisation]"]),
    ("By Staff Reports -", ["Staff Reports [staff]"]),
    ("Von der Redaktion", ["Redaktion [staff]"]),
    ("Von DPA", ["DPA [agency]"]),
    ("Lantern staff reporter", ["Lantern staff reporter [staff]"]),
    ("綜合報導", ["綜合報導 [placeholder]"]),
    ("3:53 p.m. EST January 25, 2014", []),
    ("Please enter your name here", ["Please enter your name here [placeholder]"]),
    ("Von dpa", ["dpa [agency]"]),
    ("Von Lantern-Team", ["Lantern-Team [team]"]),
    ("Lantern Steering and Technical Committee", ["Lantern Steering and Technical Committee [team]"]),
    ("Ada Quill and Technical Committee", ["Ada Quill", "Technical Committee [team]"]),
    ("SIG-Lantern Leads", ["SIG-Lantern Leads [team]"]),
    ("<name of the author>", ["<name of the author> [placeholder]"]),
    ("Lantern 维护者", ["Lantern 维护者 [team]"]),
    ("নিজস্ব প্রতিবেদক", ["নিজস্ব প্রতিবেদক [staff]"]),
    ("Door onze redacteuren", ["onze redacteuren [staff]"]),
    ("An Bình", ["An Bình"]),
    ("Christian August Lanternblad", ["Christian August Lanternblad"]),
    ("د.أحمد بن محمد", ["أحمد بن محمد prefix=د."]),
]

MARKUP = [
    ('<a href="/by/ada">Ada Quill</a> and <b>Ben Marsh</b>', ["Ada Quill url=/by/ada", "Ben Marsh"]),
    ('<a href="mailto:ada@lantern.example">Ada Quill</a>', ["Ada Quill email=ada@lantern.example"]),
    ("<span>By </span><span>Ada Quill</span><span>Staff Writer</span>", ["Ada Quill title=Staff Writer"]),
    ("Mike D&#39;Angelo &amp;amp; Ada Quill", ["Mike D'Angelo", "Ada Quill"]),
    ("[Ada Quill](https://lantern.example/ada), **Ben Marsh**", ["Ada Quill url=https://lantern.example/ada", "Ben Marsh"]),
    ("By Ada Quill | 3 May 2015", ["Ada Quill"]),
    ("Posted on May 3, 2015 by Ada Quill", ["Ada Quill"]),
    ("Ada Quill · 5 min read", ["Ada Quill"]),
    ("<a href='/a'>Ada Quill</a><sup>1,2</sup>", ["Ada Quill url=/a"]),
    ("By Ada Quill <time>3 May</time> <a href='/f'>Follow</a>", ["Ada Quill"]),
    ("<div>Ada Quill</div> Actualizado a <time>13/01/2025</time>", ["Ada Quill"]),
    ("Soumis par Ada Quill, le lundi 29 octobre 2012 à 15h46", ["Ada Quill"]),
    ("<a href='/a'>Ada Quil<span>l</span></a>", ["Ada Quill url=/a"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "credits"),
    [*LISTS, *ROLES, *BESIDE, *ABROAD, *EAST_ASIAN, *NOBODYS, *MARKUP, *((name, [name]) for name in NAMES)],
)
def test_a_byline_is_read(raw: str, credits: list[str]) -> None:
    assert said(raw) == credits


@pytest.mark.parametrize("raw", [raw for raw, _ in (*LISTS, *ROLES)])
def test_plain_lists_and_roles_are_sure(raw: str) -> None:
    assert read_byline(raw).doubts == ()


DOUBTFUL = [
    "Madonna",
    "TC",
    "IBM",
    "sage",
    "nicky-krause",
    "ada@lantern.example",
    "Ada Quill as told to Ben Marsh",
    "Ada Quill and others",
    "Ada Quill et al.",
    "Dupont, Jean",
    "Simon & Schuster",
    "Ada Quill, Reading",
    "ADA QUILL and BEN MARSH Associated Press",
    "Ada Quill and agencies in Beirut",
    "Marta Holm Madrid",
    "Site Editor",
    "Ada Quill, Lantern staff",
    "DUPONT Claire",
    "Digital Nomad",
    "Verghese, Sanjay",
    "王海涛 赵敏德",
    "某某：张三",
    "Interview with Ada Quill by Ben Marsh",
    "Ada Quill is a writer based in London.",
    "Photography Ada Quill",
    "Dr. Seuss",
    "Ada Quill (Ben Marsh)",
    "La República",
    "Ada Quill, Ben Marsh and Cleo Finch in London",
    "Lantern Glimpse",
    "Summer Lanterns",
    "Ada Quill Chief Reporter Lantern",
    "管理部",
    "Ada Peru",
    "Only Lanterns",
    "Ada Quill, Umbra Incognita",
    "AdaQuill BenMarsh",
    "Ada y Ben Marsh y Quill Soler y Mar",
    "Juan Carlos y Mar",
    "The AC/DC Club",
    "فريق الفانوس غنو/لينكس",
    "سمیر کھوسہ اور عائشہ خان",
    "สมชาย ใจดี และ สมหญิง ดีใจ",
    "မောင်မောင် နှင့် သီတာ",
    "מגדלור צפון דרום וים",
    "财新 余聪",
    "Ada Quill Lantern Media",
    "Ada Quill (LampHouse)",
    "quillrunner (Red Lamp)",
    "The Lantern Brothers Unite Once More As Lamp Quartet Tonight",
    "Ada Quill Lamp Team",
    "lanternBookmarkShareTravelByAda Quill Travel News",
    "Anna Et Bernd",
    "nicky_van_krause",
    "Lantern Steering and Technical Committee",
]


@pytest.mark.parametrize("raw", DOUBTFUL)
def test_what_can_be_read_in_two_ways_says_so_in_a_sentence(raw: str) -> None:
    reading = read_byline(raw)

    assert not reading.is_sure
    assert all(doubt[-1] in ".?" and " " in doubt for doubt in reading.doubts)


def test_the_publications_own_name_is_its_staff() -> None:
    assert said("Tinderbox", publication="www.tinderbox.com") == ["Tinderbox [staff]"]
    assert said("Tinderbox Visuals", publication="tinderbox") == ["Tinderbox Visuals [staff]"]
    assert said("The Tinderbox", publication="tinderbox") == ["The Tinderbox [staff]"]


def test_the_publications_own_name_behind_a_list_is_said_of_all() -> None:
    raw = "Ada Quill, Ben Marsh, Tinderbox"

    assert said(raw, publication="Tinderbox") == ["Ada Quill org=Tinderbox", "Ben Marsh org=Tinderbox"]
    assert read_byline(raw, publication="Tinderbox").is_sure


def test_known_organisations_are_no_persons() -> None:
    assert said("Hollow Oak", organisations=["Hollow Oak"]) == ["Hollow Oak [organisation]"]
    assert said("Ada Quill, Hollow Oak", organisations=["hollow oak"]) == ["Ada Quill org=Hollow Oak"]


def test_on_a_printed_line_a_stranger_behind_a_comma_is_where_they_work_perhaps() -> None:
    printed = read_byline("Eric Marsh, Hollow Oak", field="byline")

    assert [(credit.name, credit.org) for credit in printed.credits] == [("Eric Marsh", "Hollow Oak")]
    assert not printed.is_sure


def test_a_login_field_holds_logins() -> None:
    assert said("ada.quill", field="dc:creator") == ["ada.quill [handle]"]
    assert said("nicky-krause", field="author_slug") == ["nicky-krause [slug]"]


@pytest.mark.parametrize(
    ("field", "read"),
    [
        ("translator", "Ada Quill [translator]"),
        ("photo_credit", "Ada Quill [photographer]"),
        ("photo_author", "Ada Quill [photographer]"),
        ("译者", "Ada Quill [translator]"),
        ("guest-author", "Ada Quill"),
        ("editorial_author", "Ada Quill"),
        ("contributors", "Ada Quill"),
    ],
)
def test_a_field_that_says_the_role_gives_it(field: str, read: str) -> None:
    assert said("By Ada Quill", field=field) == [read]
    assert said("Ada Quill, edited by Ben Marsh", field=field) == [read, "Ben Marsh [editor]"]


def test_a_site_named_after_somebody_is_signed_by_them() -> None:
    assert said("Ada Quill", publication="adaquill.example") == ["Ada Quill"]
    assert said("15lamps", publication="15lamps.be") == ["15lamps [staff]"]
    assert said("Der Leuchter", publication="Leuchter") == ["Der Leuchter [staff]"]
    assert said("Lantern online", publication="Lantern") == ["Lantern online [staff]"]
    assert said("Lantern NACHRICHTEN", publication="lantern.de") == ["Lantern NACHRICHTEN [staff]"]
    assert said("lantern.de/Ada Quill", publication="lantern.de") == ["Ada Quill org=lantern.de"]


@pytest.mark.parametrize(
    ("language", "word"), [("ro", "și"), ("hu", "és"), ("cs", "a"), ("id", "dan"), ("pl", "i"), ("sl", "in")]
)
def test_the_and_of_the_language_joins_two(language: str, word: str) -> None:
    assert said(f"Ada Quill {word} Ben Marsh", language=language) == ["Ada Quill", "Ben Marsh"]
    assert not read_byline(f"Ada {word} Quill", language="en").is_sure


def test_de_begins_a_byline_only_where_it_means_by() -> None:
    assert said("Di Mario Rossi", language="it") == ["Mario Rossi"]
    assert not read_byline("Di Mario Rossi").is_sure


def test_a_text_in_the_wrong_field_is_kept_and_not_read() -> None:
    raw = "Ada Quill and " * 10_000

    reading = read_byline(raw)

    assert reading.raw == raw
    assert reading.credits == ()
    assert reading.doubts == ("This is too long for a byline (140,000 characters).",)


def test_json_has_the_keys_that_say_something() -> None:
    assert as_json(read_byline("By Ada Quill, Deputy Editor")) == {
        "raw": "By Ada Quill, Deputy Editor",
        "credits": [{"name": "Ada Quill", "role": "author", "kind": "person", "title": "Deputy Editor"}],
        "sure": True,
    }
    assert as_json(read_byline("Madonna"))["doubts"] == [
        "“Madonna” is one word: is it a person, a handle or an organisation?"
    ]
