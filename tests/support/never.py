"""What no text may say, in any language: promises that nobody can keep, and advice that hurts."""

NEVER = {
    "en": [
        r"\bthey (cannot|can't) (come|enter|take)",
        r"\byou are safe\b",
        r"\bwill be released\b",
        r"\byou qualify\b",
        r"(?<!not )(?<!no )(?<!they )\bguaranteed?\b",
        r"(?<!not )\bskip (court|your)",
        r"\bpay no bail\b",
        r"(?<!not )\b(hide|run away)\b",
    ],
    "es": [
        r"\bno pueden (entrar|pasar|llevarse)(?! sin permiso)",
        r"\best[aá] a salvo\b",
        r"\b(ser[aá] liberad|le van a soltar)",
        r"\busted califica\b",
        r"(?<!no )\bescond(a|er)se\b",
        r"\bno vaya a (la )?corte\b",
        # Of a list, a family reads it as: they will not let him out.
        r"\bno sale\b|\btardar\b.*\ben salir\b",
    ],
    "ht": [
        r"\bou an sekirite\b(?! lè)",
        r"\byo p ap (ka )?(antre|rete|depòte)",
        r"\by ap lage (w|ou|li)\b",
        r"\bou kalifye\b",
        r"\bnou garanti\b",
        r"(?<!pa )\b(kache kò w|sove kite yo)\b",
        r"\bpa al(e)? nan tribinal\b",
    ],
    "pt-BR": [
        r"\beles não podem (entrar|levar)(?! sem)",
        r"\b(você|voce) est[aá] (segur[oa]|a salvo)\b",
        r"\b(ser[aá] solt[oa]|vão soltar)\b",
        r"\bvocê se qualifica\b",
        r"(?<!não é )(?<!não )(?<!sem )\bgarantid[oa]\b",
        r"(?<!não )\b(se esconda|fuja)\b",
        r"\bnão vá (à|ao|a) (corte|tribunal)\b",
    ],
    "fr": [
        r"\bils ne peuvent pas (entrer|vous (prendre|emmener))(?! sans)",
        r"\bvous êtes en sécurité\b",
        r"\b(sera libéré|serez libéré|vont vous libérer)",
        r"\bvous remplissez les conditions\b",
        r"\b(nous garantissons|est garantie?)\b",
        r"(?<!ne )\b(cachez-vous|fuyez)\b",
        r"\bn'allez pas (au tribunal|à l'audience)\b",
    ],
    "zh-Hans": [
        r"他们(绝对)?不能(进来|进门)(?!，除非)",
        r"您(是|很)安全的?。",
        r"(一定|肯定|必定)会(被)?(释放|放人|获批)",
        r"您符合条件。",
        r"我们(可以|能)?保证",
        r"(?<!不要)(?<!别)(躲起来|逃跑)",
        r"(不要|不用|别)去(移民)?(法庭|法院)",
    ],
    "vi": [
        r"\bhọ không (được|thể) (vào|bắt)(?! nếu| mà)",
        r"\bquý vị (được )?an toàn\b\.",
        r"\bchắc chắn (sẽ )?(được thả|được duyệt)",
        r"\bquý vị đủ điều kiện\b\.",
        r"\bchúng tôi (bảo đảm|đảm bảo)\b",
        r"(?<!đừng )(?<!không )\b(trốn đi|bỏ chạy)\b",
        r"\b(đừng|không cần) (đi|ra) tòa\b",
    ],
    "ar": [
        r"لا يمكنهم الدخول(?! بدون| دون| إلا)",
        r"أنتم (في أمان|بأمان)",
        r"(سيفرجون|سيُفرج|سيفرج) عن",
        r"أنتم مؤهلون",
        r"(?<!لا )(?<!ليس )(مضمون|نضمن)",
        r"(?<!لا )(اختبئوا|اهربوا)",
        r"لا تذهبوا إلى المحكمة",
        # To stay silent: so one tells children to shut up.
        r"[اأ]سكت",
    ],
}

# What the patterns must find, or they find nothing.
HARMFUL = {
    "en": ("They cannot come in.", "You are safe now.", "You qualify for a U visa."),
    "es": ("Usted está a salvo.", "Usted califica para la visa U.", "A veces no sale en 24 horas."),
    "ht": ("Yo p ap antre lakay ou.", "Ou an sekirite.", "Pa ale nan tribinal la."),
    "pt-BR": ("Eles não podem entrar.", "Você está seguro.", "Não vá à corte."),
    "fr": ("Ils ne peuvent pas entrer.", "Vous êtes en sécurité.", "N'allez pas au tribunal."),
    "zh-Hans": ("他们不能进来。", "您很安全。", "不要去法庭。"),
    "vi": ("Họ không được vào nhà.", "Chắc chắn sẽ được thả.", "Đừng đi tòa."),
    "ar": ("لا يمكنهم الدخول.", "أنتم في أمان.", "ثم اسكتوا."),
}
