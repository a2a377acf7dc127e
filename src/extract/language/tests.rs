use super::*;

fn told(text: &str) -> &'static str {
    language(&Languages::builtin().unwrap(), None, &Text::new(""), &Text::new(text))
}

/// Two sentences in every language.
const STORIES: [(&str, &str); 40] = [
    (
        "en",
        "The harbour was closed on Monday after a storm, officials said. Ferries will return when the wind has dropped.",
    ),
    (
        "id",
        "Pelabuhan ditutup pada Senin karena badai, kata pejabat setempat. Feri bisa berlayar lagi setelah angin reda.",
    ),
    (
        "ms",
        "Pelabuhan ditutup pada Isnin kerana ribut, kata polis. Feri boleh belayar semula selepas angin reda.",
    ),
    (
        "es",
        "El puerto fue cerrado el lunes por una tormenta, dijeron las autoridades. Los barcos volverán cuando baje el viento.",
    ),
    (
        "fr",
        "Le port a été fermé lundi après une tempête, selon les autorités. Les bateaux reprendront quand le vent sera tombé.",
    ),
    (
        "de",
        "Der Hafen wurde am Montag nach einem Sturm gesperrt, wie die Behörden mitteilten. Die Fähren fahren erst wieder, wenn sich der Wind legt.",
    ),
    (
        "nl",
        "De haven werd maandag gesloten na een storm, zeiden de autoriteiten. De veerboten varen weer als de wind is gaan liggen.",
    ),
    (
        "pt",
        "O porto foi fechado na segunda-feira após uma tempestade, disseram as autoridades. Os barcos voltam quando o vento baixar.",
    ),
    (
        "it",
        "Il porto è stato chiuso lunedì dopo una tempesta, hanno detto le autorità. I traghetti torneranno quando il vento sarà calato.",
    ),
    (
        "sv",
        "Hamnen stängdes på måndagen efter en storm, säger myndigheterna. Färjorna går igen när vinden har lagt sig.",
    ),
    (
        "da",
        "Havnen blev lukket mandag efter en storm, siger myndighederne. Færgerne sejler igen, når vinden har lagt sig.",
    ),
    (
        "no",
        "Havnen ble stengt mandag etter en storm, sier myndighetene. Fergene går igjen når vinden har lagt seg.",
    ),
    (
        "fi",
        "Satama suljettiin maanantaina myrskyn jälkeen, viranomaiset kertovat. Lautat palaavat, kun tuuli on tyyntynyt.",
    ),
    (
        "pl",
        "Port został zamknięty w poniedziałek po burzy, podały władze. Promy wrócą, gdy wiatr osłabnie.",
    ),
    (
        "cs",
        "Přístav byl v pondělí po bouři uzavřen, uvedly úřady. Trajekty se vrátí, až vítr zeslábne.",
    ),
    (
        "ro",
        "Portul a fost închis luni după o furtună, au spus autoritățile. Feriboturile se vor întoarce când vântul va slăbi.",
    ),
    (
        "hu",
        "A kikötőt hétfőn egy vihar után lezárták, közölték a hatóságok. A kompok akkor indulnak újra, ha a szél elül.",
    ),
    (
        "tr",
        "Liman pazartesi günü bir fırtınanın ardından kapatıldı, yetkililer açıkladı. Feribotlar rüzgar dinince geri dönecek.",
    ),
    (
        "vi",
        "Cảng đã bị đóng cửa hôm thứ Hai sau một cơn bão, các quan chức cho biết. Phà sẽ trở lại khi gió giảm.",
    ),
    (
        "ru",
        "Порт был закрыт в понедельник после шторма, сообщили власти. Паромы вернутся, когда ветер стихнет.",
    ),
    (
        "uk",
        "Порт було закрито в понеділок після шторму, повідомила влада. Пороми повернуться, коли вітер вщухне.",
    ),
    (
        "ar",
        "أغلق الميناء يوم الاثنين بعد عاصفة، وقال مسؤولون إن العبارات ستعود عندما تهدأ الرياح.",
    ),
    (
        "fa",
        "بندر روز دوشنبه پس از توفان بسته شد، مقام‌ها گفتند که کشتی‌ها با آرام شدن باد باز می‌گردند.",
    ),
    ("he", "הנמל נסגר ביום שני לאחר סערה, אמרו הרשויות."),
    ("hi", "तूफान के बाद सोमवार को बंदरगाह बंद कर दिया गया, अधिकारियों ने कहा है।"),
    ("zh", "当局表示，港口周一在风暴后关闭，渡轮将在风停后恢复。"),
    ("ja", "当局によると、港は月曜日に嵐のため閉鎖された。"),
    ("ko", "당국은 월요일 폭풍 이후 항구가 폐쇄됐다고 밝혔다."),
    (
        "sk",
        "Prístav bol v pondelok po búrke zatvorený, uviedli úrady. Trajekty sa vrátia, keď sa vietor utíši.",
    ),
    (
        "bg",
        "Пристанището беше затворено в понеделник след буря, съобщиха властите. Фериботите ще се върнат, когато вятърът утихне.",
    ),
    (
        "el",
        "Το λιμάνι έκλεισε τη Δευτέρα μετά από καταιγίδα, ανακοίνωσαν οι αρχές.",
    ),
    ("bn", "ঝড়ের পর সোমবার বন্দরটি বন্ধ করে দেওয়া হয়েছে, কর্মকর্তারা জানিয়েছেন।"),
    (
        "ur",
        "حکام نے کہا ہے کہ طوفان کے بعد پیر کو بندرگاہ بند کر دی گئی اور کشتیاں بعد میں چلیں گی۔",
    ),
    (
        "tl",
        "Isinara ang daungan noong Lunes matapos ang bagyo, ayon sa mga opisyal. Babalik ang mga barko kapag humina na ang hangin.",
    ),
    (
        "sw",
        "Bandari ilifungwa siku ya Jumatatu baada ya dhoruba, maafisa walisema. Meli zitarudi wakati upepo utakapopungua.",
    ),
    (
        "ha",
        "An rufe tashar jirgin ruwa a ranar Litinin bayan guguwa, in ji jami'ai. Jiragen za su dawo idan iska ta ragu.",
    ),
    (
        "yo",
        "Wọ́n ti èbúté náà pa ní ọjọ́ Ajé lẹ́yìn ìjì líle, àwọn aláṣẹ ló sọ bẹ́ẹ̀. Àwọn ọkọ̀ ojú omi yóò padà nígbà tí afẹ́fẹ́ bá rọlẹ̀.",
    ),
    (
        "ig",
        "E mechiri ọdụ ụgbọ mmiri ahụ na Mọnde mgbe oké ifufe gasịrị, ka ndị ọrụ gọọmenti kwuru. Ụgbọ ga-alaghachi mgbe ifufe kwụsịrị.",
    ),
    ("am", "ወደቡ ሰኞ ዕለት ከአውሎ ነፋስ በኋላ ተዘግቷል ሲሉ ባለሥልጣናት ተናገሩ።"),
    ("th", "ท่าเรือถูกปิดในวันจันทร์หลังเกิดพายุ เจ้าหน้าที่กล่าว"),
];

#[test]
fn short_stories_are_told_apart() {
    for (language, story) in STORIES {
        assert_eq!(told(story), language, "{story}");
    }
}

#[test]
fn nothing_is_told_of_a_text_without_letters() {
    assert_eq!(told(""), "und");
    assert_eq!(told("12:30 1-0 ..."), "und");
}

#[test]
fn a_plausible_tag_wins_over_a_short_text_and_loses_to_a_plain_one() {
    let languages = Languages::builtin().unwrap();
    let indonesian = "Menteri mengatakan bahwa pelabuhan itu akan dibuka kembali karena badai sudah reda. Warga di kabupaten \
                      tersebut bisa menggunakan feri untuk kembali ke rumah mereka, kata dia kepada wartawan pada Senin.";
    let language = |tag, headline, body| super::language(&languages, Some(tag), &Text::new(headline), &Text::new(body));
    assert_eq!(language("pt-BR", "Porto", "Ok"), "pt");
    assert_eq!(language("en-GB", "", indonesian), "id");
    assert_eq!(language("jv", "", indonesian), "jv");
    assert_eq!(language("klingon", "", indonesian), "id");
    assert_eq!(language("ms", "Polis", "1-0"), "ms");
}
