"""Words that bylines are made of, in the languages magazines here are written in.

General lists only: no magazine, no person. Everything is in small letters, without full stops, and is compared so.
"""

from standfirst.bylines.reading.values import Role


# Folded as what is compared with them: a final “ς” and an “ß” have other small letters then.
def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


def _in_order(text: str) -> tuple[str, ...]:
    return tuple(text.casefold().split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.casefold().split(",") if phrase.strip())


# What stands before “by”, “von”, “por” … or before a colon. The word decides the role.
_ROLE_WORDS: dict[Role, str] = {
    "author": """
            author authors autor autora autores autoras autoren autorin auteur auteurs autrice autori autore auteure
            writer written writing wrote words word text texts txt texto textos texte testo testi tekst story stories
            report reported reporting reportage report's analysis opinion comment commentary column essay review
            interview interviews interviewed entrevista entretien intervista interviewt essays article artikel
            artículo articolo artigo guest post posted contributed submitted escrito escrita écrit geschrieben
            scritto geschreven verfasst verfaßt rédigé redactado escreveu reportaje reportagem bericht kommentar
            analyse análisis análise analisi opinión opinião opinione crónica crônica chronique columna coluna
            erstellt creado creada creato creata created
            soumis publié postado publicado publicada enviado enviada eingereicht veröffentlicht pubblicato geplaatst
            dispatch perspective feature explainer poem poems fiction verse lyrics recipe recipes published
            gastbeitrag gastkommentar protokoll propos recueillis recueilli aufgezeichnet raccolto opgetekend essai tribune said told penned authored redacción interviewer poet novelist skrivet skrevet skriven af autorski напечатано автор авторы текст
            כתב כתבה כתבו מאת كتب كتبت كتابة بقلم نوشته نویسنده تحریر लेखक लेखिका লেখক συντάκτης συντάκτρια κείμενα เรื่อง เขียน ผู้เขียน
            penulis soạn tác şiir autoři autorka текстове
            verkis verkinto skribis intervjuis
            teksti yazı yazan yazar haber röportaj szöveg írta rozmawiał rozmawiała napisał napisała κείμενο teks bài
        """,
    "editor": """
            edited editor editors edit editing éditeur edición edição editado editada editor's herausgegeben
            redigiert redaktion bearbeitet édité edité cura redactie redigerad redigeret compiled curated prepared
            עריכה ערך ערכה تحرير إعداد ویرایش संपादन संपादक সম্পাদনা επιμέλεια บรรณาธิการ редагування редакторка penyunting
            edition editör opracowanie opracował opracowała selected редактор
        """,
    "translator": """
            translated translator translators translation translations traducido traducida traducción traductor
            traductora traduit traduite traduction traducteur traductrice übersetzt übersetzung übersetzer
            übersetzerin traduzido traduzida tradução tradutor tradutora tradotto tradotta traduzione traduttore
            traduttrice vertaald vertaling vertaler översättning översatt oversat oversatt oversættelse oversettelse перевод переводчик
            переклад tłumaczenie tłumaczył tłumaczyła przekład przełożył przełożyła překlad přeložil přeložila çeviri
            תרגום תרגם תרגמה ترجمة ترجمه ترجمہ مترجم अनुवाद अनुवादक অনুবাদ μεταφραστής แปล ผู้แปล penerjemah dịch traducător переводчица
            перекладач prevod przeł
            tradukis esperantigis
            çeviren fordította fordítás suomennos suomentanut käännös traducere μετάφραση traducció
        """,
    "proofreader": """
            proofread proofreader proofreading proofreaders copyedited copyediting copyeditor copy-edited
            korrektorat lektorat relecture relu correction revisión revisão corrección korrektur lektoriert
            корректор
        """,
    "photographer": """
            photograph photographs photography photographer photographers photo photos photographed beeld pictures picture
            pics pic images image foto fotos fotografie fotografien fotograf fotografin fotografía fotografías
            fotógrafo fotógrafa fotografia fotografias photographe photographes photographies photographie
            fotografo fotografa foto's fotograaf bilder bild фото fotók kuvat zdjęcia portraits portrait shot
            fotoğraf fotoğraflar fotó fotografii kuva valokuvat zdjęcie φωτογραφίες фотографии фотограф світлини ảnh
            fotis
            צילום צילומים צילם צילמה تصوير عدسة عکس عکاس तस्वीर फोटो ছবি φωτογραφία φωτογράφος ภาพ ช่างภาพ fotografer фотографії снимки
            fotografiert fotografiado fotografado fotografert fotograferet fotografato imágenes imágen imagens imagem
        """,
    "illustrator": """
            illustration illustrations illustrated illustrator illustrators art artwork artworks drawings drawing
            drawn graphic graphics cartoon cartoons comic comics collage collages ilustración ilustraciones ilustrado
            ilustrador ilustradora ilustração ilustrações illustratie illustraties illustrationen illustriert
            illustrateur illustratrice dessins dessin zeichnung zeichnungen grafik infografik infographic infographics
            infografía infografia illustrazione illustrazioni disegni illustratore illustratrice animation animations
            animated animator ilustracje ilustracja ilustrace illusztráció kuvitus illustrasjon illustrasjoner tecknare
            איור איורים رسوم رسم चित्र চিত্র εικονογράφηση
            иллюстрации иллюстрация ілюстрації çizim çizimler il·lustració
        """,
    "reader": "read narrated narrator narration voiced reader gelesen lu lue leído lido letto voorgelezen voice",
    "producer": """
            produced producer producers production producido produzido producción produção produit produzione
            produziert vidéo vidéos vídeo vídeos video videos film films filmed audio directed director's podcast videography videographer
            cinematography filmed recorded
        """,
    "contributor": """
            music score sound lyrics composed contributor contributors contributions contribution contributing research researched crossposted cross-posted assistance
            fact-checked fact-checking factchecked reviewed foreword introduction preface afterword prologue
            assisted help data design designed coded developed development headline styling styled
            pesquisa investigación investigação ricerca onderzoek
            recherche mitarbeit collaboration colaboración colaboração collaborazione medewerking additional
            supplementary presented introduced hosted compiling
        """,
}
ROLE_WORDS: dict[str, Role] = {word: role for role, words in _ROLE_WORDS.items() for word in _in_order(words)}
# May stand among role words without being one.
BESIDE_ROLES = _words(
    """
    ein eine einem einer un une uno una um uma and & und et y e en with mit con avec com additional further extra original originally also the a an this
    is was were are from of aus dem der den die du de del des do da della le la les el los las all alle tutte todas
    todos toutes english englischen spanish spanischen french französischen german italian italienischen portuguese
    dutch chinese japanese korean russian russischen arabic polish swedish danish norwegian czech anglais inglés
    inglês inglese español français francese tedesco l'anglais executive associate senior assistant special
    medically first exclusive fully new guest staff as adapted contributed some more local long main cover
    about credit credits crédit crédits crédito créditos courtesy
    lead by-line editorial réalisé réalisée realizada realizado geführt geführtes raccolta
    """
)
BY_WORDS = _words(
    "بقلم מאת โดย από by por par von door di da de del av af przez durch bởi oleh tarafından od"
)
# At the very beginning, on their own. “De”, “Da” and “Di” may begin a name.
OPENING_BY = _words("by por par von door av af oleh بقلم מאת โดย")
# The languages of those that may begin a name as well.
LANGUAGES_OF_BY = {"von": "de", "av": "sv", "af": "da", "di": "it"}

# Labels of East Asian credit lines. The longest match counts.
_CJK_LABELS: dict[Role, str] = {
    "author": """
            作者 口述 采访 採訪 采访人 采访者 採訪者 整理人 原作者 原文作者 本文作者 撰文 撰稿 撰稿人 撰写 執筆 執筆者 著者 筆者 文字 采写 采访 採訪 取材 取材・文 文・取材 記者
            记者 本报记者 本刊记者 特约记者 特派记者 通讯员 文章作者 供稿 投稿 来源 來源 出典 출처 글 글쓴이 저자 지은이 작성자 취재 文 著 撰 ライター
            原著 原作
        """,
    "editor": """
            编辑 責任編輯 责任编辑 责编 后期编辑 主编 編輯 編集 編集者 編者 编者 监制 構成 聞き手 편집 편집자 엮은이 排版 整理 編 编 定稿 终审 終審 终校 統籌 统筹
        """,
    "translator": """
            译者 翻译 譯者 翻譯 编译 編譯 翻訳 翻訳者 訳者 監訳 監訳者 번역 옮긴이 역자 번역자 译 譯 訳 翻譯者
        """,
    "proofreader": "校对者 校對者 译校 審稿 审稿 校稿 校訂 校訂者 校对 校對 审校 審校 校正 校閲 校阅 審稿人 审稿人 校对人 审核 审阅 校 교정 감수 監修",
    "photographer": "摄影 攝影 写真 撮影 图片 图片摄影 摄影师 摄 攝 사진 촬영 カメラマン 摄影记者",
    "illustrator": "插画 插图 插畫 绘图 绘画 绘 繪圖 イラスト 漫画 漫畫 画 图 圖 作画 그림 삽화 일러스트 制图 製圖 设计",
    "producer": "制作 製作 监制 出品 视频 动画 제작 영상 プロデューサー",
    "reader": "朗读 朗讀 播音 朗読 낭독",
    "contributor": "協力 协助 実習生 实习生 자료 도움 企画 策划 策劃 选题 選題",
}
CJK_LABELS: dict[str, Role] = {
    label: role for role, labels in _CJK_LABELS.items() for label in labels.split()
}
# Labels of lines that name nobody: of the original, its address, its date.
CJK_OF_NOBODY = _words(
    """
    原文链接 原文連結 原文地址 原文网址 原文日期 原文时间 原文标题 原文標題 原文 原題 原标题 链接 連結 地址 网址 日期 时间 時間 发布日期 发布时间
    發布日期 發表日期 更新时间 更新日期 首发 首發 首发于 发布 發布 发表于 原载 原載 英文标题 英文原文 中文标题 译文标题 译文链接 本文链接 标题 標題 字数 字數 阅读时间 题图 題圖 标签 分类 协议 協議 许可 許可 版权 版權 声明 公開日 更新日 掲載日 日時 原文リンク
    元記事 원문 원문링크 날짜 입력 수정 등록 승인 기사입력 최종수정 作者简介 译者简介 关于作者
    """
)
# These keep their own wording as a title, since they are more than the role.
CJK_TITLED = _words("監訳 監訳者 主编 总编辑 監修")
# One-character labels need a colon, a stroke or a dot after them, or a name before them.
CJK_AFTER_NAMES = _words(
    "著 译 譯 訳 監訳 编 編 編著 编著 绘 摄 攝 文 图 画 撮影 写真 作 撰 编译 翻译 翻訳 校 글 사진 그림 번역"
)
CJK_JOBS = _in_order(
    "工程师 工程師 记者 記者 编辑 編輯 教授 博士 作者 主编 主任 研究员 研究員 経営者 エンジニア 先生 创始人 院士 总监 经理 律师 "
    "医生 作家 评论员 讲师 講師 准教授 代表 社長 ライター 弁護士 기자 교수 박사 특파원 논설위원 인턴기자 선임기자 칼럼니스트 "
    "작가 팀장 부장 차장 국장 편집장 논설실장 전문기자 수습기자 객원기자 평론가 아나운서 앵커 변호사 대표 연구원 에디터 개발者 開発者 开发者 負責人 负责人 院長 院长 社长 学者 記者団"
)
CJK_TEAMS = _in_order(
    "维护者 維護者 开发者 開發者 カウンシル コミッティ コミッティー ボード グループ クラブ スタッフ 团队 團隊 小组 小組 チーム 委员会 委員會 委員会 팀 위원회 社区 社區 工作组 事務局 実行委員会 有志"
)
CJK_STAFF = _in_order(
    "编辑部 編輯部 編集部 编辑室 편집국 편집부 편집팀 评论员文章 本刊 本報 本报 本社 取材班 报道组 報道部 社説"
)
CJK_AGENCIES = _in_order(
    "新华社 中新社 通信社 通讯社 通訊社 共同 時事通信 法新社 路透社 美联社 연합뉴스 뉴시스 通信"
)
CJK_ORGANISATIONS = _in_order(
    "センター ネットワーク メディア ニュース プロジェクト スタジオ ラボ カンパニー マガジン ジャーナル オンライン 公司 集团 集團 大学 大學 学院 學院 研究所 研究院 实验室 實驗室 新闻 新聞 日报 日報 晚报 時報 时报 周刊 週刊 杂志 雜誌 出版社 "
    "株式会社 協会 协会 学会 基金会 基金會 银行 銀行 网 網 新聞社 放送 中心 센터 대학교 대학 신문 일보 연구소 재단 주식회사 방송 "
    "協會 学校 病院 医院 政府 联盟 聯盟 工作室 科技 部 室 局 省 社"
)

# The head of a job title: the word that says what somebody is.
JOBS = _words(
    """
    editor editors correspondent correspondents writer writers reporter reporters journalist journalists columnist
    columnists critic critics analyst analysts fellow intern expert director directors producer producers producers
    photographer photojournalist illustrator translator contributor contributors manager officer president chair
    chairman chairwoman chairperson secretary minister professor lecturer researcher scientist engineer developer
    designer architect consultant founder secretary-general vice-president co-founder cofounder ceo cto cfo coo chief head lead leader publisher
    commentator blogger strategist advocate economist historian author novelist poet student lawyer attorney
    executive editor-at-large editor-in-chief editors-in-chief specialist coordinator associate assistant advisor
    adviser ambassador senator representative governor mayor principal curator librarian moderator host presenter
    anchor psychologist therapist physician nurse doctor teacher trainer coach chef dietitian nutritionist
    redakteur redakteurin chefredakteur chefredakteurin korrespondent korrespondentin journalistin reporterin
    redactor redactora corresponsal enviado enviada periodista periodistas director directora redactora-jefa
    rédacteur rédactrice correspondant correspondante journaliste envoyé envoyée directeur directrice chroniqueur
    chroniqueuse grand corrispondente giornalista inviato inviata direttore direttrice correspondente jornalista
    repórter colunista editora diretor diretora redacteur correspondente verslaggever hoofdredacteur journalista
    redattore caporedattore editorialista columnista analista profesor profesora professeur professore
    корреспондент корреспондентка журналист журналистка обозреватель редактор фотограф кореспондент журналістка журналіст muhabir muhabiri
    yazarı dziennikarz dziennikarka redaktor redaktorka újságíró szerkesztő novinář novinářka jurnalist صحفي صحفية كاتب كاتبة مراسل
    stringer freelance freelancer ombudsman cartoonist videographer podcaster meteorologist sportswriter
    experte expertin experten leiter leiterin sprecher sprecherin mitarbeiter mitarbeiterin volontär volontärin praktikant
    praktikantin kolumnist kolumnistin chefreporter chefreporterin professorin wissenschaftler wissenschaftlerin moderatorin
    envoyés envoyées enviados enviadas corresponsales correspondants redactores redakteure reporterinnen
    copyeditor proofreader staffer paralegal counsel counselor solicitor barrister campaigner activist
    mitglied member membre miembro membro
    präsident präsidentin direktor direktorin toimittaja päätoimittaja redaktør redaktör skribent jurnalis wartawan korespondent korespondentka reportér reportérka
    redacteuren verslaggevers correspondenten संवाददाता पत्रकार संपादक रिपोर्टर प्रतिवेदक প্রতিবেদক সংবাদদাতা সাংবাদিক প্রতিনিধি সম্পাদক نگار صحافی رپورٹر ایڈیٹر خبرنگار روزنامه‌نگار
    כתב כתבת כתבנו פרשן פרשנית עורך עורכת ผู้สื่อข่าว นักข่าว บรรณาธิการ спецкор собкор журналистка обозревательница оглядач оглядачка δημοσιογράφος συντάκτης συντάκτρια
    scholar professor's dean provost rector emeritus maintainer evangelist
    """
)
# Of compound words: Wirtschaftsredakteurin, kulturredaktør.
COMPOUND_JOBS = _in_order(
    """
    redakteur redakteurin korrespondent korrespondentin reporter reporterin journalist journalistin direktor direktorin präsident
    präsidentin sprecher sprecherin leiter leiterin redaktør redaktör redacteur verslaggever correspondent medarbetare medarbejder
    medewerker toimittaja forsker forskare professor professorin berater beraterin fotograf fotografin
    """
)
# Before such a head, or anywhere in a title. A name is unlikely to hold one.
TITLE_WORDS = _words(
    """
    senior junior chief deputy assistant associate contributing managing executive acting special staff freelance
    guest general national international foreign political politics science health environment education economics
    business technology tech consumer music arts art culture sport sports football cricket media legal crime
    security defence defense diplomatic home investigations investigative features news opinion money city
    community communities affairs social religion transport travel food fashion film tv television books literary
    theatre energy climate data digital visual audio video photo picture world global regional local state
    white house supreme court congressional congress washington westminster parliamentary lobby royal court's
    lead principal former project program programme product research software web marketing communications
    policy public editorial online breaking live night weekend real estate lung cancer medical cyber cybersecurity
    science's investment market markets financial finance personal economy industry retail property housing
    labour labor work race gender women's children's obituaries letters special north south east west middle
    northern southern eastern western central asia africa europe asian african european american british
    latin pacific gulf nordic baltic balkans eu un us uk usa u.s u.k vice founding co-founding bureau wire
    lifestyle content showbiz
    leitender leitende stellvertretender stellvertretende freier freie verantwortlicher verantwortliche
    reporting premium multimedia interactive graphics engagement audience social-media higher early career
    """
)
COUNTRIES = _words(
    """
    afghanistan albania algeria argentina armenia australia austria azerbaijan bangladesh belarus belgium bolivia
    bosnia brazil brasil bulgaria cambodia cameroon canada chile china colombia croatia cuba cyprus czechia denmark
    deutschland ecuador egypt england españa espana estonia ethiopia finland france georgia germany ghana greece
    hungary iceland india indonesia iran iraq ireland israel italia italy japan jordan kenya korea kosovo kuwait
    latvia lebanon libya lithuania luxembourg malaysia malta mexico méxico moldova mongolia morocco mozambique
    myanmar nepal netherlands nederland nicaragua nigeria norway pakistan palestine panama paraguay peru
    perú philippines poland polska portugal qatar romania russia rwanda scotland senegal serbia singapore slovakia
    slovenia somalia spain sudan sweden switzerland schweiz suisse syria taiwan tanzania thailand tunisia turkey
    uganda ukraine uruguay usa uk us uae venezuela vietnam wales yemen zambia zimbabwe europe africa asia
    """
)
CITIES = _words(
    """
    london paris berlin madrid rome roma milan milano brussels bruxelles moscow beijing shanghai tokyo seoul delhi
    mumbai dubai cairo jerusalem istanbul athens lisbon lisboa dublin edinburgh glasgow manchester belfast cardiff
    vienna wien zurich zürich geneva genève amsterdam copenhagen stockholm oslo helsinki warsaw prague budapest
    bucharest kyiv kiev toronto montreal ottawa vancouver washington boston chicago houston miami seattle denver
    atlanta dallas philadelphia detroit sydney melbourne canberra auckland wellington nairobi lagos johannesburg
    singapore bangkok jakarta manila karachi islamabad kabul tehran baghdad beirut damascus bogotá bogota lima
    caracas havana santiago hamburg münchen munich köln frankfurt barcelona sevilla valencia naples napoli turin
    torino lyon marseille toulouse bordeaux strasbourg rotterdam birmingham liverpool leeds bristol oxford cambridge
    """
)

# A group of people who work together: what makes a credit a team.
TEAMS = _words(
    """
    team teams group groups wg committee committees community council board crew collective squad taskforce
    membership members membres équipe equipe équipes equipo mannschaft gruppe gruppo groupe grupo colectivo collettivo
    coletivo kollektiv arbeitsgruppe contributors volunteers maintainers organizers organisers participants staffers
    committers alumni coalition task-force sig
    """
)
# Lower-case only: “the gccrs project” is a team, “The Node Project” is an organisation.
SMALL_TEAMS = _words("project projects initiative")
ORGANISATIONS = _words(
    """
    university college school institute institution centre center foundation association society agency ministry
    department office bureau corporation corp inc ltd llc llp plc gmbh ag bv nv sarl company co consortium
    laboratory laboratories lab labs network news newspaper newspapers press magazine journal gazette tribune herald
    chronicle observer telegraph media studio studios group's publishing publishers publications books records
    radio tv television channel broadcasting academy museum gallery library hospital bank trust union federation
    alliance partnership ventures capital partners holdings systems solutions software technologies technology
    services service international global worldwide online digital interactive entertainment productions
    project programme program initiative fund charity church cathedral party government parliament senate council's
    universität universidad universidade université università universiteit hochschule institut instituto istituto
    institute fundación fundação fondazione fondation stiftung asociación associação association associazione verein
    sociedad sociedade société gesellschaft verlag editorial éditions ediciones edições edizioni edition zeitung
    zeitschrift revista revue rivista tijdschrift journal diario jornal giornale presse prensa imprensa stampa
    colégio colegio collège lycée liceo liceu gymnasium faculdade facultad faculté facoltà
    escuela école scuola escola laboratorio laboratório laboratoire ministerio ministère ministero ministério
    business insider times post daily weekly wire today reports review digest blog website forum hub cloud
    conference summit festival archive archives campaign movement club consulting communications marketing
    industries enterprises research works ngo engineering security insights express central developers hq republic globe inquirer enquirer examiner dispatch courier standard independent
    register bulletin sentinel ledger beacon mirror citizen organization organisation organizations organisations
    organización organização organizzazione authority commission administration embassy chamber confederation
    cooperative co-operative league orchestra theatre theater rights nations borders
    watch clinic choir ensemble consulate diocese synagogue mosque insurance investments newsletter airlines railways
    police army navy forces tribunal assembly secretariat directorate division syndicate guild delegation platform
    portal workshop factory relations events education insight nachrichten notizie noticias nouvelles actualités kitchen cookery
    foods gourmet welle rundfunk fernsehen advogados abogados avocats agentur abteilung
    """
)
# A single word that ends so is rather a company than a person.
ORGANISATION_ENDINGS = _in_order(
    "host soft ware tech lab labs hub media cloud works corp news press net data books base post times wire feed tube crunch "
    "radar today weekly daily"
)
# These fall to an agency: what they write is printed by many.
UNNAMED_AGENCIES = _phrases(
    """
    agency, agencies, wire, wires, wire services, wire service, news agency, news agencies, agence, agences, agencia,
    agencias, agência, agências, agenturen, agentur, agenzia, agenzie, persbureau, persbureaus,
    nachrichtenagentur, nachrichtenagenturen, presseagentur, agence de presse, agencia de noticias, agenzia di stampa,
    news services, newswires, wire reports, wire report, وكالات, الوكالات, агентства, एजेंसी
    """
)
AGENCIES = UNNAMED_AGENCIES | _phrases(
    """
    reuters, thomson reuters, associated press, the associated press, ap, afp, agence france-presse,
    agence france presse, france presse, press association, pa media, pa, upi, united press international, dpa, efe, ansa, lusa,
    tass, itar-tass, xinhua, kyodo, kyodo news, yonhap, anp, belga, apa, sda, keystone-sda, ats, sid, tt, ntb, ritzau,
    deutsche presse-agentur, deutsche presse agentur, austria presse agentur, schweizerische depeschenagentur, agenzia ansa,
    agence belga, polska agencja prasowa, česká tisková kancelář, anadolu ajansı, demirören haber ajansı, ihlas haber ajansı,
    aa, iha, dha, ukrinform, unian, agerpres, mediafax, ritzaus bureau, kyodo tsushin, maghreb arabe presse, mena, wam,
    aap, australian associated press, canadian press, the canadian press, pti, press trust of india, ani, ians, anadolu,
    anadolu agency, bloomberg, bloomberg news, interfax, ria novosti, antara, bernama, europa press, notimex, télam,
    agência brasil, agencia brasil, agência lusa, agencia efe, afp news, ap news, pa news, adnkronos, agi, apf, pap, mti
    tanjug, hina, sta, ctk, čtk, tasr, keystone, imago, epa, zuma press, picture alliance, shutterstock, alamy, tmc news service, tribune news service, cns, catholic news service, kna, epd,
    واس, وكالة الأنباء السعودية, رويترز, أ ف ب, ا ف ب, أ.ف.ب, أ. ف. ب, فرانس برس, د ب أ, د ب ا, وام, كونا, قنا, الأناضول, أسوشيتد برس, ایرنا, ایسنا, تسنیم,
    тасс, риа новости, интерфакс, укринформ, укрінформ, унн, पीटीआई, पीटीआई-भाषा, आईएएनएस,
    inter press service, ips, afp/getty, getty images, staff and agencies, press release
    """
)
# Known by these in small letters too, and no name is so short.
PLAIN_AGENCIES = _words("dpa afp efe upi aap anp apa")
STAFF_HEADS = _words(
    """
    staff editors editorial desk newsroom redaktion redacción redaccion rédaction redaction redactie redação redazione
    редакція редакцията המערכת newsdesk staffs reporters correspondents journalists writers bureau redakce redaksi redakcja редакция
    ब्यूरो डेस्क টিম ডেস্ক ڈیسک بیورو бюро
    """
)
STAFF = _phrases(
    """
    editorial, the editorial board, editorial board, editorial team, the editorial team, editors, the editors, the editor,
    editor, from the editor, from the editors, staff, our staff, staff writer, staff writers, staff reporter, staff reporters, news staff, web staff,
    فريق التحرير, هيئة التحرير, أسرة التحرير, التحرير, تحریریه, هیئت تحریریه, מערכת האתר, המערכת, מערכת, संपादकीय टीम, संपादक मंडल,
    নিজস্ব সংবাদদাতা, নিজস্ব প্রতিবেদক, নিজস্ব প্রতিনিধি, স্টাফ রিপোর্টার, বিশেষ প্রতিনিধি, অনলাইন ডেস্ক, নিউজ ডেস্ক, विशेष संवाददाता, हमारे संवाददाता, निज संवाददाता, जागरण संवाददाता,
    संवाददाता, वेब डेस्क, न्यूज़ डेस्क, न्यूज डेस्क, ویب ڈیسک, اسٹاف رپورٹر, نامہ نگار, خبرنگار, گروه خبر, المحرر, مراسلنا, خاص, ทีมข่าว, กองบรรณาธิการข่าว, phóng viên, ban biên tập, tòa soạn,
    кореспондент редакції, наш корреспондент, собственный корреспондент, собкор, toimituskunta, haber merkezi, dış haberler servisi, tim redaksi,
    กองบรรณาธิการ, συντακτική ομάδα, toimitus, redakce, redaksi, redakcja, redaktionen, szerkesztőség, redacția, staff report, staff reports, our correspondent, our correspondents, our own correspondent, our reporter, own
    correspondent, special correspondent, a staff reporter, a correspondent, leader, leader comment, the leader,
    news desk, newsroom, web desk, sports desk, newsdesk, online desk, the newsroom, our foreign staff, redaktion, die
    redaktion, la redacción, redacción, la rédaction, rédaction, la redazione, redazione, de redactie, redactie, redação,
    da redação, editorial staff, eds, news editor, staff and wire reports, staff and wire report, staff and wire, in house, the desk, desk, red
    """
)
PLACEHOLDERS = _phrases(
    """
    nobody, no one, someone, myself, moi-même, yo mismo, yo misma, me myself, anonymous, anon, anonymus, anonyme, anónimo, anônimo, anonimo, anoniem, n n, nn, n a, n/a, n.a, editor's note, editors' note, editor’s note, na, none, null, nil, undefined,
    unknown, unknown author, no author, not available, unsigned, tba, tbd, tbc, todo, test, author, author name, your
    name, name, firstname lastname, first last, byline, byline text, by line, lorem ipsum, letters, letter, brief letters, letters to the
    editor, readers' letters, reader letters, letter to the editor, the undersigned, letter from the editor, letter from the editors, undersigned, syndicated,
    contributed, submitted, guest, guest author, guest writer, guest contributor, guest post, guest blogger, various,
    various authors, various contributors, multiple authors, several authors, contributor, contributors, a contributor,
    name withheld, name withheld by request, sponsored, sponsored content, sponsored post, advertorial, partner content,
    paid post, advertisement, press release, missing, example, john q public, withheld, author unknown, verschiedene,
    varios autores, varios, vários autores, autori vari, aa vv, collectif, un collectif, redacted, default, no byline,
    placeholder, 综合报道, 綜合報導, 综合, 綜合, 本站, 网络, 網路, 转载, 轉載, 原创, 未命名, अज्ञात, अनाम, مجهول, غير معروف, ناشناس, نامعلوم,
    неизвестно, неизвестен, неизвестный автор, аноним, без автора, невідомо, невідомий, אנונימי, לא ידוע, άγνωστος, ανώνυμος, ไม่ระบุชื่อ,
    bilinmiyor, anonim, isimsiz, nieznany, neznámý, okänd, ukjent, ukendt, onbekend, unbekannt, desconocido, desconhecido, inconnu, sconosciuto,
    译者id, 作者简介, 关于作者, 校对者id, 佚名, 匿名, 无名氏, 未知, 匿名希望, 무명, 익명, автор неизвестен, your name here, author here, writer, reader
    """
)
SYSTEM = _phrases(
    """
    system, bot, feedbot, newsbot, cron, import, importer, importbot, automation, automated, automatic, rss, feed, rss feed, feed importer,
    autobot, scheduler, daemon, no-reply, noreply, migration, script, ci, robot, wp-cron, github actions, dependabot,
    renovate, mailer, mailer-daemon, syndication bot, generated, auto, autopost
    """
)
SYSTEM_HEADS = _words("automation bot importer import migration robot autoposter scheduler crawler daemon")
ACCOUNTS = _phrases(
    """
    wp_admin, site_admin, admin, administrator, admins, root, webmaster, web master, web admin, webadmin, web editor, webeditor, web team
    account, superuser, wordpress, wpadmin, wp-admin, wp admin, user, username, user1, admin1, admin2, editor1, author1,
    info, contact, office, support, owner, site admin, site administrator, siteadmin, sysadmin, manager, moderator,
    postmaster, hostmaster, drupal, joomla, ghost, ghost-admin, demo, testuser, test user, admin user, hello, mail,
    editorialadmin, 管理员, 站长, 관리자, 管理者, администратор, administrador, administrateur, amministratore, beheerder
    """
)
ACCOUNT_HEADS = _words("admin administrator webmaster sysadmin user")
# “Site Editor”, “Staff Author”: who is called so has no name there.
NEWSROOM_JOBS = _words(
    "editor writer reporter correspondent contributor blogger publisher journalist columnist"
)
OTHERS = _phrases(
    """
    others, and others, et al, etal, et alii, more, and more, friends, others., colleagues, u a, u.a., weitere, andere,
    otros, otras, y otros, autres, et autres, altri, e altri, outros, anderen, mfl, m fl, 等, 他, ほか, 외, several others,
    many others, many more
    """
)

# Only where they stand beside a name in small letters or with a full stop: Ed and Tr are names as well.
ABBREVIATED_ROLES: dict[str, Role] = {
    "ed": "editor",
    "eds": "editor",
    "hrsg": "editor",
    "trans": "translator",
    "transl": "translator",
    "tr": "translator",
    "trad": "translator",
    "übers": "translator",
    "illus": "illustrator",
    "ill": "illustrator",
    "phot": "photographer",
}

PREFIXES = _words(
    """
    دکتر ডা ডাঃ ড ডক্টর স্যার डॉ डा श्री श्रीमती प्रो டாக்டர் ดร ศ דר ד"ר ד״ר פרופ проф др
    د أ.د
    dr prof professor sir dame lord lady baroness baron rev revd reverend fr father sister mr mrs ms miss mx hon
    rt rabbi imam sheikh sheik capt captain col colonel gen general sgt sergeant lt lieutenant maj major cmdr commander
    adm admiral cpl pvt hr herr frau mme mlle m doña don dott dr.ssa ing mag dipl dipl-ing dipl.-ing dipl.-kfm dipl.-psych judge justice sen senator
    rep gov governor ambassador president cardinal bishop archbishop monsignor msgr pastor canon deacon brother
    lic licda mtro mtra arq m.c profa psic
    sr sra srta dra prof.dr drs ir dhr mevr shri smt pandit ustad maulana mullah hajji haji
    """
)
# Of those, the ones that are also given names or ordinary words: only with a full stop, or with two words after them.
SHY_PREFIXES = _words(
    "m don father sister general major brother justice judge sr mag ing gen baron rep col ir fr president"
)
# After a name: learned, honoured or elected. They are told apart from what a family adds (Jr., III).
POST_NOMINALS = _words(
    """
    phd ph.d dphil md m.d do dds dmd mph mba mfa msw rn np pa-c rd rdn lcsw psyd pharmd dvm jd j.d llb llm esq ba bsc ma
    msc beng meng mphil frs freng fba frsc frse obe mbe cbe kbe dbe om ch gcb kcb dcb kc qc sc mp msp ms mep mla td mhk
    mlc cpa cfa cfp cissp pmp pe facp facs frcp frcs frca mrcp mrcgp mbbs msn bsn dnp aprn mha mpp mpa lmft lmsw frgs frsa frsl frhists frsb dsc dlit dlitt edd eng cpt cscs ret usa usn
    usmc usaf sj s.j op osb ofm cbt ccp rph mbchb m.sc b.sc m.a b.a dr-ing
    """
)
GENERATIONS = _words(
    "jr sr ii iii iv v júnior junior senior filho neto sobrinho hijo fils père 2nd 3rd jnr snr"
)
PARTICLES = _words(
    """
    de del della delle dello degli di da das do dos du des d von van der den ter ten te zu zum zur vom af av til la le
    les lo los las el al bin ibn binti bint abu abd ben bat san st saint santa mac mc o y i e ap ní ni nic ua uí ó dal dalla
    'd 't t' op ould al- el- ul ur
    """
)

NOTES = _words(
    """
    now earlier later previously formerly before until today analysis reaction report reports reporting review
    commentary comment interview interviews match game first second third half morning afternoon evening night
    live updates earlier, currently then part parts questions answers introduction recipe recipes intro retired
    independent deceased late posthumous posthumously ret guest volunteer original updated with reporting lead letters
    """
)
DESK_WORDS = _words(
    """
    sport sports visuals graphics staff reporters writers news video audio foundation's opinion desk politics culture
    business travel money books readers podcasts pictures design interactive letters magazine data live
    features food fashion film music weekend
    """
)
MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|"
    "juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|"
    "octubre|noviembre|diciembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|gennaio|"
    "febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|januari|februari|maart|mei|augustus"
)
# The hundred or so family names that most Chinese, and the usual ones most Koreans bear; two characters first.
CJK_DOUBLE_SURNAMES = _words(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 남궁 황보 제갈 선우 독고"
)
CJK_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董袁潘于蒋蔣蔡余杜叶葉"
    "程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范石廖贾賈夏韦韋付傅方白邹鄒孟熊秦邱江尹薛闫阎段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵"
    "万萬钱錢严嚴覃武戴莫孔向汤湯常温康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包"
    "宁尚符舒阮柯纪紀梅童凌毕畢单季裴霍涂成苗谷盛曲翁冉骆駱蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简车项连芦麦"
    "褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官"
    "金李朴김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국은편용예봉경"
)

# What addresses and identifiers of publications carry besides the name.
UNNAMING = _words(
    "nachrichten noticias nyheter nieuws notizie digital media www com org net co uk de fr es io blog magazine mag news site online the"
)
# Begin the name of an organisation.
LEADING_ORGANISATIONS = _words(
    "university ministry department institute friends national european american united world human college bureau office embassy universidad universität université"
)
# Words of organisations that are surnames as well: Emily Press, John Church.
SURNAMES_TOO = _words(
    "church bank post records press park street wire times global forum works radio international day ledger courier beacon standard register mirror citizen dispatch"
)
# Within a name, of families: van Dijk, bin Said.
NOBLE_PARTICLES = _words("van von der ter ten bin ibn binti bint af zu")
# In scripts without capitals: Arabic, Persian and Hebrew.
PARTICLES_ELSEWHERE = _words("بن ابن بنت عبد أبو ابو آل ال أم ام בן בת אבו")
# Join two names beside the word that CLDR has.
ALSO_JOINING = _words("ও তথা एवं व तथा και κι и й та กับ և და")
# Of surnames of many languages, and of few other words.
SURNAME_ENDINGS = _in_order(
    "opadhyay adhyay murthy swamy nathan krishnan simhan deshmukh nsen dsen lsen rsen gaard ström stein mann meyer bauer "
    "ova eva ski ska sky skyi skiy skaya cki cka czyk enko chuk czuk shvili oğlu oglu sson dottir dóttir opoulos opoulou "
    "idis akis escu wicz ovic evic ović ević ovich evich quist qvist ов ова ев ева ин ина ський ська ский ская енко чук "
    "ич ян όπουλος ίδης άκης"
)
# Go before what somebody did, in one word: re-translated, ghostwritten.
STUCK_BEFORE_ROLES = _words(
    "re co un hand ghost copy under over fact cross guest fan self type out mis pre post self-"
)
# Their full stop ends no sentence.
ABBREVIATED = GENERATIONS | _words("inc ltd corp bros esq phil hon dept univ assoc trans illus transl")
CITIES_OF_SEVERAL_WORDS = _phrases(
    """
    new york, new delhi, los angeles, san francisco, hong kong, tel aviv, mexico city, buenos aires, rio de janeiro,
    são paulo, sao paulo, cape town, kuala lumpur, washington dc, washington d.c, new zealand, south africa, south korea,
    north korea, saudi arabia, united states, united kingdom, sri lanka, costa rica, abu dhabi, las vegas, new orleans,
    san diego, st petersburg, den haag
    """
)
# Whoever is called so beside a name did that; an editor or a reporter is called so for what they are.
DOING_JOBS: dict[str, Role] = {
    word: ROLE_WORDS[word]
    for word in _in_order(
        "photographer illustrator translator proofreader narrator photographe fotograf fotografin fotógrafo fotógrafa "
        "fotografo fotograaf illustrateur illustratrice ilustrador ilustradora traductor traductora traducteur "
        "traductrice übersetzer übersetzerin tradutor tradutora traduttore traduttrice vertaler"
    )
}
# Begins the name of a magazine (La República, Der Standard), and of few people.
FOREIGN_ARTICLES = _words("la le les el los las der die das il het")
# Begin the names of places, and of few people.
SAINTS = _words("são santo santa san saint sainte sankt st sint")
# Companies, where they are in capitals or have a full stop; otherwise surnames.
SHORT_COMPANIES = _words("co ag bv nv")
# A newsroom, by its first word: “Redaktion Kultur”.
NEWSROOMS = _words(
    "redaktion redacción redaccion rédaction redazione redactie redação redakcja redakce redaksi toimitus redaktionen редакция редакція"
)
# A title that ends so is said of several: “A and B, Staff Writers”.
SEVERAL_JOBS = _words(
    "writers reporters correspondents editors journalists photographers columnists contributors analysts envoyés envoyées "
    "enviados corresponsales correspondants redactores redakteure"
)
# Follow a doctor's or a professor's title, with a full stop.
PREFIX_TAILS = _words("h c mult habil rer nat med phil col gen dr dr-ing hon pol oec jur")
# Go with a seat: “MP for Leeds”.
SEATS = _words("mp msp mep mla ms td senator")
# What buttons beside a byline say.
BUTTONS = _phrases(
    """
    share, tweet, follow, follow me, follow the author, email, e-mail, mail, print, save, subscribe, read more, more, bio, profile,
    view profile, view orcid profile, orcid, contact, contact the author, website, view the website, watch live, listen, comment, comments, reply, share on twitter,
    share on facebook, share this, follow on twitter, see all, view all posts, all posts, show more, copy link, open, close, menu
    """
)
# What else stands on a line of its own in the element that holds a byline: headings and buttons.
FURNITURE = BUTTONS | _phrases(
    """
    twitter, facebook, instagram, linkedin, published, updated, posted, print e-mail, print email, today, yesterday, video, photos, analysis, exclusive, subscribers only,
    edit, delete, report, about the author, about the authors, post author, written by, author, authors, article, news, opinion, listen to article, advertisement, send a tip, tip us,
    über den autor, über die autorin, autor, artikel, folgen, mehr, mehr anzeigen, alle artikel, anhören, merken, teilen, drucken, abbrechen,
    à propos de l'auteur, suivre, voir plus, lire plus tard, partager, écouter, imprimer, s'abonner, tous les articles,
    sobre el autor, sobre la autora, seguir, ver más, ver biografía, ver más artículos, más artículos, todos los artículos, compartir, escuchar, imprimir, guardar,
    iniciar sesión, sobre o autor, sobre a autora, ver mais, compartilhar, partilhar, ouvir, salvar, informazioni sull'autore, segui, leggi anche, condividi, ascolta,
    over de auteur, volgen, volg, delen, luister, meer, følg, følg forfatter, del, tips meg, följ, dela, mejla, obserwuj, udostępnij, więcej, sledovat, sdílet,
    takip et, paylaş, abone ol, dinle, ikuti, bagikan, theo dõi, chia sẻ, подписаться, поделиться, читать, об авторе, автор, підписатися, про автора,
    この記事を書いた人, この記事の筆者, この記事の著者, この記事を書いた記者, 書いた人, フォロー, フォローする, すべて見る, もっと見る, シェア, 保存,
    关注, 關注, 分享, 收藏, 更多, 查看更多, 作者简介, 作者介绍, 작성자, 구독, 구독하기, 팔로우, 공유, 기사 더보기, 더보기, متابعة, مشاركة, المزيد, عن الكاتب
    """
)
# Begin the name of a body, or of a part of one, behind the name of somebody in it: “Ada Quill Universität Leipzig”.
LEADING_BODIES = _words(
    "university universität universidad universidade université università universiteit department abteilung institut institute "
    "faculty fakultät lehrstuhl ministry ministerium school college center centre zentrum museum stiftung office bureau "
    "redaktion redacción redazione redactie rédaction ressort dienststelle departamento département dipartimento facultad faculté "
    "agentur agency verlag hochschule akademie academia academy desk pressestelle"
)
# End the name of a thing, or a place: “Rosa Quill Avenue”, “Amber Alert”.
THINGS = _words(
    """
    avenue street road boulevard square bridge harbour harbor airport club fanclub house tea monitor parish alert awards award prize
    tour trip trail guide tips stories diary notes list quiz test show podcast vlog page site home shop store market markets hotel
    restaurant café cafe bar garden class course party week month year season series episode edition issue volume collection album
    game games match team's fans fan friends lovers family kids recipe recipes cooking baking travels adventures thoughts life style living
    beauty health wellness yoga pilates fitness coaching consulting marketing found available
    """
)
# Given names that are words as well, and begin what is no name: “Summer Reading”, “Art Basel”.
WORDS_AND_NAMES = _words(
    """
    amber angel art august autumn blue christian crystal daisy dollar early earth fleet forest free ginger grace harbor hazel heaven
    honey hope ivy jade jet jewel journey justice king kitty legacy liberty lily major mercy misty nova ocean olive opal page pansy patience
    pearl penny pepper phoenix poppy precious prince promise queen rain rainbow rich river rocky rose royal ruby rusty sage serenity
    sierra silver sky sport star sterling stone storm summer sunday sunny sunshine sunset terra trinity venus victory violet virginia west
    wild willow winter young
    """
)
# Where somebody reports from, at a match or a meeting, and nobody works.
VENUES = _words(
    "stadium arena park ground oval racecourse circuit velodrome court hall centre center lane road field stade stadion"
)
# Carry a title on behind its head: “Director of …”, “redactora adjunta”.
AFTER_JOBS = _words(
    "of for at in on to and & der de des du di für bei della del en chef adjunto adjunta spécial spéciale spéciaux spéciales especial especiales speciale speciali"
)
AROUND_TITLES = _words("the our a an and &")
# Before a job, in the names of those the newsroom sent: “dal nostro inviato Mario Rossi”.
OURS = _words("our nostro nostra notre nuestro nuestra unser unsere unserem unserer onze")
WIRES = _words("wire wires newswire newswires")
# A working group is a team; Holm Group is a company.
GROUPS_THAT_WORK = _words("working project interest research study user task")
# German, Dutch and Scandinavian names of papers and bodies end so.
COMPOUND_ENDINGS = _in_order(
    "agentur zeitung blatt blad krant anzeiger verlag verband institut stiftung gesellschaft universität rundfunk redaktion tidningen ministerium behörde"
)
