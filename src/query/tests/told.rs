//! What is not understood, or broken: how it is read all the same, and what is warned of.
#![expect(clippy::too_many_lines, reason = "each snapshot is one table")]

use super::table;

#[test]
fn what_is_not_understood_is_told() {
    let texts = [
        "negara:Indonesia harga",
        "langauge:id",
        "xyz:\"two words\"",
        "Note: this is text",
        "judul: banjir",
        "person: Sari",
        "person:",
        "person:Sari*",
        "country:~",
        "person:-Sari",
        "person:\"\"",
        "person:Sari, country:ID,MY",
        "person:Sari Utama said",
        "rice or maize",
        "person:Sari or beras",
        "he was found in a market or in a shop",
        "a && b || c",
        "rice - maize",
        "!!",
        "* rice",
        "*burg Mid*dle",
        "Jong-u*",
        "price~3 price~0.8 a-b~",
        "\"a b\"~ \"a b\"~900 \"a*\" \"-\"",
        "price^4",
    ];
    insta::assert_snapshot!(table(&texts), @r##"
    negara Indonesia harga ⇒ stories that contain “negara”, “Indonesia” and “harga”
      [negara:] “negara:” is no field; it was read as a word. Did you mean country: ? → country:
    langauge id ⇒ stories that contain “langauge” and “id”
      [langauge:] “langauge:” is no field; it was read as a word. Did you mean language: ? → language:
    xyz "two words" ⇒ stories that contain “xyz” and the phrase “two words”
      [xyz:] “xyz:” is no field; it was read as a word. Put it between quotation marks to look for it as text.
    Note this is text ⇒ stories that contain “Note”, “this”, “is” and “text”
    judul banjir ⇒ stories that contain “judul” and “banjir”
      [judul:] “judul:” is no field; it was read as a word. Did you mean headline: ? → headline:
    Sari ⇒ stories that contain “Sari”
      [person: Sari] person: has no value and was left out. Write the value right after the colon. → person:Sari
     ⇒ every story
      [person:] person: has no value and was left out. Write the value right after the colon.
    person:Sari ⇒ stories that name Sari
      [Sari*] person: finds any part of a name without *, ~ or ^; they were left out. → Sari
     ⇒ every story
      [~] country: takes whole values, without *, ~ or ^; they were left out.
      [~] country: has no value and was left out.
    -person:Sari ⇒ stories that do not name Sari
      [person:-Sari] The - of an exclusion stands before the field; it was read so. → -person:Sari
     ⇒ every story
      [""] person: has no value and was left out.
    person:Sari country:"ID,MY" ⇒ stories that name Sari and mention the country “ID,MY”
      [ID,MY] country: was read with one value, “ID,MY”. Write several as country:(a OR b). → (ID OR MY)
    person:Sari Utama said ⇒ stories that name Sari and contain “Utama” and “said”
      [person:Sari Utama] Only “Sari” is read as the person; the words after it are looked for in the text. Put a value of several words between quotation marks. → person:"Sari Utama"
    rice or maize ⇒ stories that contain “rice”, “or” and “maize”
      [or] “or” is read as a word; the operator is OR, in capitals. → OR
    person:Sari or beras ⇒ stories that name Sari and contain “or” and “beras”
      [or] “or” is read as a word; the operator is OR, in capitals. → OR
    he was found in a market or in a shop ⇒ stories that contain “he”, “was”, “found”, “in”, “a”, “market”, “or”, “in”, “a” and “shop”
    a b c ⇒ stories that contain “a”, “b” and “c”
      [&&] “&&” is no operator; write AND, or leave it out. → AND
      [||] “||” is no operator; write OR. → OR
    rice maize ⇒ stories that contain “rice” and “maize”
      [-] - stands alone and was left out; to exclude, write it right before the word.
     ⇒ every story
      [!!] “!!” has no letter or figure in it and was left out.
    rice ⇒ stories that contain “rice”
      [*] * alone stands for every story. Put letters before it, or leave it out.
    burg Mid* ⇒ stories that contain “burg” and a word that begins with “Mid”
      [*burg] * is read at the end of a word only; it was left out. → burg
      [Mid*dle] * is read at the end of a word only; what follows it was left out. → Mid*
    Jong u* ⇒ stories that contain “Jong” and a word that begins with “u”
      [Jong-u*] * is for one word; “Jong-u” was read as its first words in a row, and a word that begins with “u” anywhere.
    price~2 price~1 "a b" ⇒ stories that contain a word at most 2 letters off “price”, a word at most 1 letter off “price” and the phrase “a b”
      [price~3] ~ takes 1 or 2, the letters that may differ; it was read as ~2. → price~2
      [price~0.8] ~ takes 1 or 2, the letters that may differ; it was read as ~1. → price~1
      [a-b~] ~ is for one word, and “a-b” is several; they were read as written.
    "a b" "a b"~100 "a" ⇒ stories that contain the phrase “a b”, “a … b” with at most 100 words between and exactly “a”
      ["a b"~] ~ after a phrase needs the number of words that may stand between, as in "a b"~5.
      ["a b"~900] At most 100 words may stand between those of a phrase; it was read so.
      ["a*"] * is no sign between quotation marks; it was left out.
      ["-"] There is no word between the quotation marks; they were left out.
    price ⇒ stories that contain “price”
      [price^4] ^ is not a sign of this language: clauses have no weights. It was left out. → price
    "##);
}

#[test]
fn broken_structure_is_told() {
    let texts = [
        "(rice",
        "((rice maize) OR (beras",
        "rice)",
        "()",
        "rice OR",
        "AND rice",
        "OR",
        "rice AND AND maize",
        "NOT",
        "rice AND NOT",
        "NOT OR rice",
        "5\" gun",
        "person:\"Sari Utama",
        "“rice price",
        "«",
        "words:many",
        "words:1,000",
        "words:200..100",
        "has:wings",
        "missing:author",
        "published:31/12/2023",
        "published:2023-13",
        "published:[2024 TO 2023]",
        "published:[2023 TO",
        "published:*",
        "published: 2023",
        "-",
        "said:",
    ];
    insta::assert_snapshot!(table(&texts), @r##"
    rice ⇒ stories that contain “rice”
      [(rice] This parenthesis is not closed; it was read as closed at the end. → (rice)
    (rice maize) OR beras ⇒ stories that (contain “rice” and “maize”) or contain “beras”
      [((rice maize) OR (beras] 2 parentheses are not closed; they were read as closed at the end. → ((rice maize) OR (beras))
    rice ⇒ stories that contain “rice”
      [)] Nothing opens this parenthesis; it was left out. → ∅
     ⇒ every story
      [()] There is nothing between the parentheses; they were left out.
    rice ⇒ stories that contain “rice”
      [OR] OR has nothing after it and was left out. → ∅
    rice ⇒ stories that contain “rice”
      [AND] AND has nothing before it and was left out. → ∅
     ⇒ every story
      [OR] OR has nothing before it and was left out. → ∅
    rice maize ⇒ stories that contain “rice” and “maize”
      [AND] AND has nothing after it and was left out. → ∅
     ⇒ every story
      [NOT] NOT has nothing after it and was left out. → ∅
    rice ⇒ stories that contain “rice”
      [NOT] NOT has nothing after it and was left out. → ∅
    rice ⇒ stories that contain “rice”
      [NOT] NOT has nothing after it and was left out. → ∅
    5 gun ⇒ stories that contain “5” and “gun”
      ["] The quotation mark " is not closed; it was left out. Close it, or leave it out. → ∅
    person:Sari Utama ⇒ stories that name Sari and contain “Utama”
      [person:"Sari Utama] Only “Sari” is read as the person; the words after it are looked for in the text. Put a value of several words between quotation marks. → person:"Sari Utama"
      ["Sari Utama] The quotation mark " is not closed; it was left out. Close it, or leave it out. → "Sari Utama"
    rice price ⇒ stories that contain “rice” and “price”
      [“rice price] The quotation mark “ is not closed; it was left out. Close it, or leave it out. → "rice price"
     ⇒ every story
      [«] The quotation mark « is not closed; it was left out. Close it, or leave it out. → ∅
     ⇒ every story
      [many] “many” is no number of words; it was left out. Write words:>500, words:100..200 or words:[100 TO 200].
     ⇒ every story
      [1,000] “1,000” is no number of words; it was left out. Write words:>500, words:100..200 or words:[100 TO 200]. → 1000
    words:200..100 ⇒ stories that have 200 to 100 words
      [200..100] No story has at least 200 and at most 100 words. → 100..200
     ⇒ every story
      [wings] “wings” is nothing a story has; it was left out. Write quote, person, speaker, country, about, region, source, credit, language, subject, status, slug.
     ⇒ every story
      [author] “author” is nothing a story has; it was left out. Write quote, person, speaker, country, about, region, source, credit, language, subject, status, slug. → credit
     ⇒ every story
      [31/12/2023] “31/12/2023” is no date; it was left out. Write published:2023, 2023-09, 2023-09-01, [2023-09-01 TO now], >=now-2d, yesterday or "last week". → 2023-12-31
     ⇒ every story
      [2023-13] “2023-13” is no date; it was left out. Write published:2023, 2023-09, 2023-09-01, [2023-09-01 TO now], >=now-2d, yesterday or "last week".
    published:[2024-01-01 TO 2024-01-01} ⇒ stories that were published from 2024-01-01 until before 2024-01-01
      [[2024 TO 2023]] The range ends before it begins: no story is in it. → [2023 TO 2024]
    published:[2023-01-01 TO *] ⇒ stories that were published from 2023-01-01 on
      [[2023 TO] The range is not closed. Write [from TO to], or [from TO to} to leave the end out. → [2023 TO]
     ⇒ every story
      [*] “*” is no date; it was left out. Write published:2023, 2023-09, 2023-09-01, [2023-09-01 TO now], >=now-2d, yesterday or "last week".
    2023 ⇒ stories that contain “2023”
      [published: 2023] published: has no value and was left out. Write the value right after the colon. → published:2023
     ⇒ every story
      [-] - stands alone and was left out; to exclude, write it right before the word.
     ⇒ every story
      [said:] said: has no value and was left out. Write the value right after the colon.
    "##);
}
