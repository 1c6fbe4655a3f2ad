#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <peercert/error.hpp>

#include "curricula/catalogue.hpp"
#include "curricula/shown_names.hpp"
#include "words/explanation.hpp"
#include "words/messages.hpp"

namespace peercert::words {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::filesystem::path rules = std::filesystem::path(PEERCERT_SOURCE_DIR) / "curricula";

Phrases::Fill plain() {
    return {[](Date day) { return "<" + to_text(day) + ">"; },
            [](std::string_view name) { return "<" + std::string(name) + ">"; }};
}

std::string complaint_about(const char* text) {
    Phrases phrases;
    try {
        phrases.add(text, "mine.txt");
    } catch (const Error& error) {
        EXPECT_EQ(phrases.size(), 0U) << "nothing is taken of a file with a mistake";
        return error.what();
    }
    return {};
}

TEST(Phrases, AreSaidWordForWord) {
    Phrases phrases;
    phrases.add("# a note\n\ncontinuing education = educación continua\n", "mine.txt");
    EXPECT_EQ(phrases.said("continuing education", plain()), "educación continua");
    EXPECT_EQ(phrases.said("Continuing education", plain()), std::nullopt) << "letter by letter";
    phrases.add("continuing education = formación continua\n", "theirs.txt");
    EXPECT_EQ(phrases.said("continuing education", plain()), "formación continua") << "a later file goes first";
}

TEST(Phrases, FillTheirPlacesWithDaysAndNames) {
    Phrases phrases;
    phrases.add("training {name} = capacitación: {name}\n"
                "the day {day} is still to come = el día {day} está por venir\n"
                "{code} has no step {name} = falta el paso {name} en {code}\n",
                "mine.txt");
    EXPECT_EQ(phrases.said("training wa-ops", plain()), "capacitación: <wa-ops>");
    EXPECT_EQ(phrases.said("the day 2026-03-01 is still to come", plain()), "el día <2026-03-01> está por venir");
    EXPECT_EQ(phrases.said("the day tomorrow is still to come", plain()), std::nullopt) << "that is no day";
    EXPECT_EQ(phrases.said("wi-cps has no step to add x", plain()), "falta el paso <to add x> en wi-cps");
    EXPECT_EQ(phrases.said("training ", plain()), std::nullopt) << "a place holds something";
}

TEST(Phrases, TakeTheOneThatSaysMostByItself) {
    Phrases phrases;
    phrases.add("there is no {what} = no hay {what}\n"
                "there is no person {who} = no hay ninguna persona {who}\n",
                "mine.txt");
    EXPECT_EQ(phrases.said("there is no person P-1", plain()), "no hay ninguna persona P-1");
    EXPECT_EQ(phrases.said("there is no rain", plain()), "no hay rain");
}

TEST(Phrases, WithAMistakeAreRefusedByTheirLine) {
    EXPECT_THAT(complaint_about("a = b\nc\n"), HasSubstr("mine.txt:2: a line is"));
    EXPECT_THAT(complaint_about("a = \n"), HasSubstr("mine.txt:1: one side"));
    EXPECT_THAT(complaint_about("a = b\na = c\n"), HasSubstr("mine.txt:2: \"a\" stands here for the second time"));
    EXPECT_THAT(complaint_about("a {x} = b\n"), HasSubstr("do not have the same {places}"));
    EXPECT_THAT(complaint_about("a {x = b {x}\n"), HasSubstr("no partner"));
    EXPECT_THAT(complaint_about("a {x}{y} = b {x} {y}\n"), HasSubstr("a word between them"));
}

TEST(ANameOfARule, ThatNobodyHasTranslatedIsToldAsAName) {
    Messages messages;
    EXPECT_EQ(messages.name(Language::spanish, "singing in a choir"), "“singing in a choir”");
    EXPECT_EQ(messages.name(Language::english, "singing in a choir"), "singing in a choir");
    EXPECT_EQ(messages.known_name(Language::spanish, "singing in a choir"), std::nullopt);
    messages.add_names(Language::spanish, "singing in a choir = cantar en un coro", "names.es.txt");
    EXPECT_EQ(messages.name(Language::spanish, "singing in a choir"), "cantar en un coro");
    EXPECT_EQ(messages.name(Language::spanish, "training singing in a choir"), "capacitación: cantar en un coro");
    EXPECT_EQ(messages.name(Language::spanish, "2026-03-01"), "1 de marzo de 2026");
    EXPECT_EQ(messages.name(Language::spanish, "whether 2026-03-01 was a closed day"),
              "si el 1 de marzo de 2026 fue día de cierre");
    EXPECT_EQ(messages.name(Language::spanish, ""), "");
}

TEST(ANameOfARule, OfSeveralIsSaidWhereEachHasOne) {
    Messages messages;
    messages.add_names(Language::spanish, "choir = coro\npiano = piano\n", "names.es.txt");
    EXPECT_EQ(messages.name(Language::spanish, "choir, piano"), "coro, piano");
    EXPECT_EQ(messages.name(Language::spanish, "choir or piano"), "coro o piano");
    EXPECT_EQ(messages.name(Language::spanish, "choir, drums"), "“choir, drums”");
}

TEST(ANameOfARule, OfAUnitHasItsPlural) {
    Messages messages;
    messages.add_names(Language::spanish, "credit = crédito\nunit = unidad\nCEU = CEU\n", "names.es.txt");
    const auto said = [&](std::int64_t minutes, const char* unit) {
        return amount_text(minutes, Unit::minutes, unit, 60, messages, Language::spanish);
    };
    EXPECT_EQ(said(120, "credit"), "2 créditos");
    EXPECT_EQ(said(120, "unit"), "2 unidades");
    EXPECT_EQ(said(60, "unit"), "1 unidad");
    EXPECT_EQ(said(120, "CEU"), "2 CEU");
}

TEST(ARefusal, IsSaidInSpanishOrAsItIs) {
    const Messages messages;
    EXPECT_EQ(messages.sentence(Language::spanish, "the day 2026-03-01 is still to come"),
              "el día 1 de marzo de 2026 está por venir");
    EXPECT_EQ(messages.sentence(Language::spanish, "nobody knows"), "nobody knows");
    EXPECT_EQ(messages.sentence(Language::english, "the day 2026-03-01 is still to come"),
              "the day 2026-03-01 is still to come");
}

/// The names of an edition that have no Spanish.
std::vector<std::string> not_translated(const Edition& edition, const Messages& messages) {
    std::vector<std::string> missing;
    for (const curricula::ShownName& one : curricula::shown_names(edition))
        if (!messages.known_name(Language::spanish, one.english))
            missing.push_back(one.english);
    return missing;
}

TEST(TheShippedTracks, AreSaidInSpanishNameByName) {
    Messages messages;
    messages.add_names_from(Language::spanish, rules.string());
    const auto catalogue = curricula::Catalogue::load({{rules, "shipped"}}, nullptr);
    for (const char* code :
         {"wi-cps", "wi-cpps", "wi-cps-trainer", "wi-cpps-trainer", "wa-cpc", "wa-cpss", "ga-cps", "tx-peer", "tx-pss",
          "ca-cmpss", "ny-nycps", "or-pss", "or-pws", "or-fss", "or-yss", "wrap", "ecpr"}) {
        const auto editions = catalogue.of(code);
        EXPECT_FALSE(editions.empty()) << code;
        for (const auto& edition : editions)
            EXPECT_THAT(not_translated(*edition, messages), IsEmpty())
                << "of " << code << " " << edition->edition << "; say them in curricula/names.es.txt";
    }
}

TEST(TheShippedTracks, WouldTellOfANewNameThatNobodyHasTranslated) {
    Messages messages;
    messages.add_names_from(Language::spanish, rules.string());
    const auto catalogue = curricula::Catalogue::load({{rules, "shipped"}}, nullptr);
    Edition edition = *catalogue.get("wi-cps");
    edition.steps.front().needs.note = "notes are no names";
    Requirement added;
    added.name = "a year of singing";
    added.word = "fact";
    added.body = HasEntries{.kind = EntryKind::fact, .codes = {"sings in a choir"}};
    std::get<Group>(edition.steps.front().needs.body).parts.push_back(added);
    edition.after_expiry.front().called = "resting";
    EXPECT_THAT(not_translated(edition, messages), ElementsAre("a year of singing", "sings in a choir", "resting"));
}

} // namespace
} // namespace peercert::words
