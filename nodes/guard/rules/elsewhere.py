"""Override, extraction and persona in Chinese, Japanese, Korean, Arabic and Hindi: the most usual phrases.

As the detector sees them: compatibility characters and vowel points are gone, letters are in composed form.
"""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import HINT, MEDIUM, STRONG, family

RULES = family(
    "other",
    [
        (
            "zh",
            STRONG,
            "忽略 无视 忘记 無視 忘記 不要遵守",
            r"(?:忽略|无视|忘记|無視|忘記|不要遵守)(?!我)[^。,,我]{0,8}(?:指令|指示|提示|规则|規則|说明|限制)",
        ),
        (
            "zh_extract",
            STRONG,
            "系统提示 系統提示 你的指令 你的提示 提示词",
            r"(?:显示|告诉|输出|透露|重复|打印|顯示|輸出|给我看|泄露)[^。]{0,8}(?:系统提示|系統提示|你的(?:初始)?(?:指令|提示)|提示词)",
        ),
        (
            "zh_persona",
            MEDIUM,
            "你现在是 假装你 扮演 你現在是",
            r"(?:你现在是|你現在是|假装你是|从现在起你是)(?:一个|一個|没有|dan)|扮演一个没有",
        ),
        (
            "ja",
            STRONG,
            "指示 命令 ルール",
            r"(?:以前|前|これまで|上記|すべて|全て)[^。]{0,8}(?:指示|命令|ルール)[^。]{0,4}(?:無視|忘れ)",
        ),
        (
            "ja_extract",
            STRONG,
            "システムプロンプト 初期指示 システムフロンフト",
            r"(?:システムプロンプト|システムフロンフト|初期指示)[^。]{0,8}(?:表示|教え|見せ|出力|公開)",
        ),
        (
            "ko",
            STRONG,
            "지시 명령 규칙",
            r"(?:이전|모든|앞의|위의)[^.\n]{0,10}(?:지시|명령|규칙)[^.\n]{0,8}(?:무시|잊)",
        ),
        ("ko_extract", STRONG, "시스템", r"시스템 ?(?:프롬프트|지시)[^.\n]{0,8}(?:보여|알려|출력|공개)"),
        (
            "ar",
            STRONG,
            "تجاهل انس تجاهلي",
            r"(?:تجاهل|تجاهلي|انس|انسى) (?:\w+ ){0,2}(?:التعليمات|تعليماتك|الاوامر|الأوامر|القواعد|"
            r"قواعدك)(?! (?:التوصيل|الخاصة بالتوصيل))",
        ),
        (
            "ar_extract",
            STRONG,
            "موجه تعليمات",
            r"(?:اعرض|أظهر|اظهر|اكشف|اكتب|اطبع) (?:\w+ ){0,2}(?:موجه النظام|تعليمات النظام|تعليماتك)",
        ),
        (
            "hi",
            STRONG,
            "निर्दे नियम",
            r"(?:सभी|पिछले|पिछल|पहले के|पूर्व|अपने)[^।\n]{0,12}(?:निर्देश|नियम)[^।\n]{0,12}(?:अनदेखा|"
            r"नजरअंदाज|नज़रअंदाज|भूल|उपेक्षा)",
        ),
        (
            "hi_extract",
            STRONG,
            "सिस्टम",
            r"सिस्टम (?:प्रॉम्प्ट|प्रोम्प्ट|निर्देश)[^।\n]{0,12}(?:दिखा|बता|लिख|प्रकट)",
        ),
        (
            "mixed",
            HINT,
            "prompt",
            r"\b(?:systemprompt|prompt systeme|prompt del sistema|prompt di sistema|prompt do sistema|"
            r"systeemprompt)\b",
        ),
    ],
)

__all__ = ["RULES"]
