//! Peoples and their adjectives in every gender, number and case of six languages.

use super::tests::codes;

/// A country a row: its code, then Spanish, French, German, Portuguese, Dutch and Italian forms. The German adjective stands
/// without its ending, before the names of the people.
const FORMS: &str = "\
AR|argentino argentina argentinos argentinas|argentin argentine argentins argentines|argentinisch Argentinier Argentinierin|argentino argentina argentinos argentinas|Argentijns Argentijnse Argentijn Argentijnen|argentino argentina argentini argentine
AT|austriaco austriaca austriacos austriacas|autrichien autrichienne autrichiens autrichiennes|österreichisch Österreicher Österreichern|austríaco austríaca austríacos austríacas|Oostenrijks Oostenrijkse Oostenrijker Oostenrijkers|austriaco austriaca austriaci austriache
AU|australiano australiana australianos australianas|australien australienne australiens australiennes|australisch Australier Australierin|australiano australiana australianos australianas|Australisch Australische Australiër Australiërs|australiano australiana australiani australiane
BE|belga belgas|belge belges|belgisch Belgier Belgierinnen|belga belgas|Belgisch Belgische Belg Belgen|belga belgi belghe
BR|brasileño brasileña brasileños brasileñas|brésilien brésilienne brésiliens brésiliennes|brasilianisch Brasilianer Brasilianerin|brasileiro brasileira brasileiros brasileiras|Braziliaans Braziliaanse Braziliaan Brazilianen|brasiliano brasiliana brasiliani brasiliane
CA|canadiense canadienses|canadien canadienne canadiens canadiennes|kanadisch Kanadier Kanadierin|canadense canadenses|Canadees Canadese Canadezen|canadese canadesi
CH|suizo suiza suizos suizas|suisse suisses|schweizerisch Schweizer Schweizerin|suíço suíça suíços suíças|Zwitsers Zwitserse Zwitser|svizzero svizzera svizzeri svizzere
CL|chileno chilena chilenos chilenas|chilien chilienne chiliens chiliennes|chilenisch Chilene Chilenin|chileno chilena chilenos chilenas|Chileens Chileense Chileen Chilenen|cileno cilena cileni cilene
CN|chino china chinos chinas|chinois chinoise chinoises|chinesisch Chinese Chinesin|chinês chinesa chineses chinesas|Chinees Chinese Chinezen|cinese cinesi
CO|colombiano colombiana colombianos colombianas|colombien colombienne colombiens colombiennes|kolumbianisch Kolumbianer Kolumbianerin|colombiano colombiana colombianos colombianas|Colombiaans Colombiaanse Colombiaan Colombianen|colombiano colombiana colombiani colombiane
CU|cubano cubana cubanos cubanas|cubain cubaine cubains cubaines|kubanisch Kubaner Kubanerin|cubano cubana cubanos cubanas|Cubaans Cubaanse Cubaan Cubanen|cubano cubana cubani cubane
CZ|checo checa checos checas|tchèque tchèques|tschechisch Tscheche Tschechin|tcheco tcheca tchecos tchecas|Tsjechisch Tsjechische Tsjech Tsjechen|ceco ceca cechi ceche
DE|alemán alemana alemanes alemanas|allemand allemande allemands allemandes|deutsch Deutsche Deutschen|alemão alemã alemães alemãs|Duits Duitse Duitser Duitsers|tedesco tedesca tedeschi tedesche
DK|danés danesa daneses danesas|danois danoise danoises|dänisch Däne Dänin|dinamarquês dinamarquesa dinamarqueses dinamarquesas|Deens Deense Denen|danese danesi
EG|egipcio egipcia egipcios egipcias|égyptien égyptienne égyptiens égyptiennes|ägyptisch Ägypter Ägypterin|egípcio egípcia egípcios egípcias|Egyptisch Egyptische Egyptenaar Egyptenaren|egiziano egiziana egiziani egiziane
ES|español española españoles españolas|espagnol espagnole espagnols espagnoles|spanisch Spanier Spanierin|espanhol espanhola espanhóis espanholas|Spaans Spaanse Spanjaard Spanjaarden|spagnolo spagnola spagnoli spagnole
FI|finlandés finlandesa finlandeses finlandesas|finlandais finlandaise finlandaises|finnisch Finne Finnin|finlandês finlandesa finlandeses finlandesas|Fins Finse Finnen|finlandese finlandesi
FR|francés francesa franceses francesas|français française françaises|französisch Franzose Französin|francês francesa franceses francesas|Frans Franse Fransman Fransen|francese francesi
GB|británico británica británicos británicas|britannique britanniques|britisch Brite Britin|britânico britânica britânicos britânicas|Brits Britse Brit Britten|britannico britannica britannici britanniche
GR|griego griega griegos griegas|grec grecque grecs grecques|griechisch Grieche Griechin|grego grega gregos gregas|Grieks Griekse Griek Grieken|greco greca greci greche
HU|húngaro húngara húngaros húngaras|hongrois hongroise hongroises|ungarisch Ungar Ungarin|húngaro húngara húngaros húngaras|Hongaars Hongaarse Hongaar Hongaren|ungherese ungheresi
ID|indonesio indonesia indonesios indonesias|indonésien indonésienne indonésiens indonésiennes|indonesisch Indonesier Indonesierin|indonésio indonésia indonésios indonésias|Indonesisch Indonesische Indonesiër Indonesiërs|indonesiano indonesiana indonesiani indonesiane
IE|irlandés irlandesa irlandeses irlandesas|irlandais irlandaise irlandaises|irisch Ire Irin|irlandês irlandesa irlandeses irlandesas|Iers Ierse Ier Ieren|irlandese irlandesi
IL|israelí israelíes|israélien israélienne israéliens israéliennes|israelisch Israeli Israelis|israelense israelenses|Israëlisch Israëlische Israëliër Israëliërs|israeliano israeliana israeliani israeliane
IN|indio india indios indias|indien indienne indiens indiennes|indisch Inder Inderin|indiano indiana indianos indianas|Indiaas Indiase Indiër Indiërs|indiano indiana indiani indiane
IQ|iraquí iraquíes|irakien irakienne irakiens irakiennes|irakisch Iraker Irakerin|iraquiano iraquiana iraquianos iraquianas|Iraaks Iraakse Irakees Irakezen|iracheno irachena iracheni irachene
IR|iraní iraníes|iranien iranienne iraniens iraniennes|iranisch Iraner Iranerin|iraniano iraniana iranianos iranianas|Iraans Iraanse Iraniër Iraniërs|iraniano iraniana iraniani iraniane
IT|italiano italiana italianos italianas|italien italienne italiens italiennes|italienisch Italiener Italienerin|italiano italiana italianos italianas|Italiaans Italiaanse Italiaan Italianen|italiano italiana italiani italiane
JP|japonés japonesa japoneses japonesas|japonais japonaise japonaises|japanisch Japaner Japanerin|japonês japonesa japoneses japonesas|Japans Japanse Japanner Japanners|giapponese giapponesi
KP|norcoreano norcoreana norcoreanos norcoreanas|nord-coréen nord-coréenne nord-coréens nord-coréennes|nordkoreanisch Nordkoreaner Nordkoreanerin|norte-coreano norte-coreana norte-coreanos norte-coreanas|Noord-Koreaans Noord-Koreaanse Noord-Koreaan Noord-Koreanen|nordcoreano nordcoreana nordcoreani nordcoreane
MA|marroquí marroquíes|marocain marocaine marocains marocaines|marokkanisch Marokkaner Marokkanerin|marroquino marroquina marroquinos marroquinas|Marokkaans Marokkaanse Marokkaan Marokkanen|marocchino marocchina marocchini marocchine
MX|mexicano mexicana mexicanos mexicanas|mexicain mexicaine mexicains mexicaines|mexikanisch Mexikaner Mexikanerin|mexicano mexicana mexicanos mexicanas|Mexicaans Mexicaanse Mexicaan Mexicanen|messicano messicana messicani messicane
NL|neerlandés neerlandesa neerlandeses neerlandesas|néerlandais néerlandaise néerlandaises|niederländisch Niederländer Niederländerin|holandês holandesa holandeses holandesas|Nederlands Nederlandse Nederlander Nederlanders|olandese olandesi
NO|noruego noruega noruegos noruegas|norvégien norvégienne norvégiens norvégiennes|norwegisch Norweger Norwegerin|norueguês norueguesa noruegueses norueguesas|Noors Noorse Noren|norvegese norvegesi
PL|polaco polaca polacos polacas|polonais polonaise polonaises|polnisch Pole Polin|polonês polonesa poloneses polonesas|Pools Poolse Polen|polacco polacca polacchi polacche
PT|portugués portuguesa portugueses portuguesas|portugais portugaise portugaises|portugiesisch Portugiese Portugiesin|português portuguesa portugueses portuguesas|Portugees Portugese Portugezen|portoghese portoghesi
RU|ruso rusa rusos rusas|russe russes|russisch Russe Russin|russo russa russos russas|Russisch Russische Russen|russo russa russi russe
SE|sueco sueca suecos suecas|suédois suédoise suédoises|schwedisch Schwede Schwedin|sueco sueca suecos suecas|Zweeds Zweedse Zweed|svedese svedesi
SY|sirio siria sirios sirias|syrien syrienne syriens syriennes|syrisch Syrer Syrerin|sírio síria sírios sírias|Syrisch Syrische Syriër Syriërs|siriano siriana siriani siriane
TR|turco turca turcos turcas|turc turque turcs turques|türkisch Türke Türkin|turco turca turcos turcas|Turks Turkse Turk Turken|turco turca turchi turche
UA|ucraniano ucraniana ucranianos ucranianas|ukrainien ukrainienne ukrainiens ukrainiennes|ukrainisch Ukrainer Ukrainerin|ucraniano ucraniana ucranianos ucranianas|Oekraïens Oekraïense Oekraïner Oekraïners|ucraino ucraina ucraini ucraine
US|estadounidense estadounidenses|américain américaine américains américaines|amerikanisch Amerikaner Amerikanerin|americano americana americanos americanas|Amerikaans Amerikaanse Amerikaan Amerikanen|statunitense statunitensi";

/// The languages of the columns, each with words that stand around a form.
const FRAMES: [(&str, &str, &str); 6] = [
    ("es", "Según la fuente ", " de ayer"),
    ("fr", "Selon la source ", " de hier"),
    ("de", "Laut der Quelle ", " von gestern"),
    ("pt", "Segundo a fonte ", " de ontem"),
    ("nl", "Volgens de bron ", " van gisteren"),
    ("it", "Secondo la fonte ", " di ieri"),
];

const GERMAN_ENDINGS: [&str; 6] = ["", "e", "en", "er", "es", "em"];

#[test]
fn peoples_are_known_in_every_gender_number_and_case() {
    let mut missed = Vec::new();
    for row in FORMS.lines() {
        let mut cells = row.split('|');
        let code = cells.next().unwrap();
        for (cell, (language, before, after)) in cells.zip(FRAMES) {
            for form in cell.split(' ') {
                let is_adjective = language == "de" && form.starts_with(char::is_lowercase);
                let endings = if is_adjective { &GERMAN_ENDINGS[..] } else { &[""] };
                for ending in endings {
                    let found = codes(language, &[before, form, ending, after].concat());
                    if found != code {
                        missed.push(format!("{language} {form}{ending}: {code}, found \"{found}\""));
                    }
                }
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
