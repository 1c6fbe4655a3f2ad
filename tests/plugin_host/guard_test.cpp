#include <atomic>
#include <mutex>
#include <thread>

#include <gmock/gmock.h>

#include <peercert/error.hpp>

#include "plugin_host/plugin_folder.hpp"
#include "plugin_host/plugin_host.hpp"
#include "plugin_host/result_check.hpp"

namespace peercert::plugin_host {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class AGuardedPlugin : public testing::Test {
protected:
    AGuardedPlugin() {
        folder.trust("misbehaves");
        Settings settings = folder.settings();
        settings.limits.failures = 1000;
        start(settings);
        Entry entry;
        entry.id = EntryId{7};
        entry.first = entry.last = Date{std::chrono::year{2024} / 2 / 29};
        record.entries.push_back(entry);
        asked.issued = Date{std::chrono::year{2024} / 2 / 29};
    }

    void start(Settings settings) {
        settings.on_event = [this](const Event& event) { events.push_back(event); };
        host = std::make_unique<Host>(settings);
        kind = host->kinds().kind("misbehaves:kind");
        clock = host->kinds().clock("misbehaves:clock");
    }

    Finding judge(const std::string& how) const {
        return kind->evaluate(record, Parameters::of(how), {asked.issued, words});
    }

    std::string last_day(const std::string& how) const {
        try {
            return to_text(clock->last_day(asked, Parameters::of(how)));
        } catch (const Error& error) {
            return std::string(error.code() == ErrorCode::invalid_input ? "invalid: " : "failure: ") + error.what();
        }
    }

    std::string check(const std::string& how) const {
        Parameters given;
        given.named["check"] = Parameters::of(how);
        try {
            kind->check(given);
            return "accepted";
        } catch (const Error& error) {
            return std::string(error.code() == ErrorCode::invalid_input ? "invalid: " : "failure: ") + error.what();
        }
    }

    PluginFolder folder;
    std::vector<Event> events;
    std::unique_ptr<Host> host;
    const RequirementKind* kind{nullptr};
    const TermClock* clock{nullptr};
    Vocabulary words;
    Record record;
    TermQuestion asked;
};

TEST_F(AGuardedPlugin, ARuleThatThrewCannotJudgeAndIsNeverMet) {
    for (const char* how : {"throw std", "throw an error", "throw another"}) {
        events.clear();
        const Finding finding = judge(how);
        EXPECT_EQ(finding.verdict, Verdict::open()) << how;
        EXPECT_EQ(finding.open_because, "plugin");
        EXPECT_EQ(finding.next.kind, NextStep::Kind::decision);
        EXPECT_EQ(finding.kind, "misbehaves:kind");
        ASSERT_EQ(events.size(), 1u);
        EXPECT_EQ(events.front().kind, Event::Kind::threw);
        EXPECT_EQ(events.front().plugin, "misbehaves");
        EXPECT_EQ(events.front().version, "0.1");
        EXPECT_EQ(events.front().sha256.size(), 64u);
        EXPECT_THAT(events.front().call, HasSubstr("misbehaves:kind"));
    }
    judge("throw std");
    EXPECT_THAT(events.back().what, HasSubstr("no table for? this?year"));
}

TEST_F(AGuardedPlugin, AnAnswerThatCannotBeIsNoAnswer) {
    EXPECT_TRUE(judge("well").verdict.is_met());
    EXPECT_THAT(events, IsEmpty());
    for (const char* how : {"no verdict", "many verdicts", "someone else's entry", "more than it is worth",
                            "odd reason", "odd unit", "below nothing", "best below settled", "no such day", "bad text",
                            "line ends", "long text", "a source", "too deep"}) {
        events.clear();
        EXPECT_EQ(judge(how).verdict, Verdict::open()) << how;
        ASSERT_EQ(events.size(), 1u) << how;
        EXPECT_EQ(events.front().kind, Event::Kind::nonsense) << how;
    }
}

TEST_F(AGuardedPlugin, AMistakeInAFileIsToldAsThePluginToldIt) {
    EXPECT_EQ(check("throw an error"), "invalid: file.yaml:3:5: not like this");
    EXPECT_THAT(events, IsEmpty());
    EXPECT_THAT(check("throw std"),
                AllOf(HasSubstr("failure: plugin misbehaves: misbehaves:kind could not be used to check"),
                      HasSubstr("no table for")));
    EXPECT_THAT(check("throw another"), HasSubstr("something that is no std::exception"));
    EXPECT_EQ(events.size(), 2u);
}

TEST_F(AGuardedPlugin, AClockAnswersADayItCanStandForOrSaysWhyNot) {
    EXPECT_EQ(last_day("well"), "2024-02-29");
    EXPECT_EQ(last_day("throw an error"), "invalid: file.yaml:3:5: not like this");
    EXPECT_THAT(events, IsEmpty());
    EXPECT_THAT(last_day("before the first day"), AllOf(HasSubstr("failure: "), HasSubstr("2024-02-28")));
    EXPECT_THAT(last_day("no such day"), HasSubstr("a day that does not exist"));
    EXPECT_THAT(last_day("throw another"), HasSubstr("no std::exception"));
    EXPECT_EQ(events.size(), 3u);
}

TEST_F(AGuardedPlugin, AnAnswerThatTookTooLongCountsAndIsRemembered) {
    Settings settings = folder.settings();
    settings.limits.call = std::chrono::milliseconds{20};
    start(settings);
    EXPECT_TRUE(judge("slow").verdict.is_met());
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events.front().kind, Event::Kind::overran);
    EXPECT_THAT(events.front().what, HasSubstr("of 20 ms"));
}

TEST_F(AGuardedPlugin, AfterThreeFailuresItIsNotCalledAnyMore) {
    start(folder.settings());
    judge("throw std");
    last_day("no such day");
    EXPECT_FALSE(host->is_disabled("misbehaves"));
    judge("no verdict");
    EXPECT_TRUE(host->is_disabled("misbehaves"));
    ASSERT_EQ(events.size(), 4u);
    EXPECT_EQ(events.back().kind, Event::Kind::disabled);
    EXPECT_THAT(events.back().what, HasSubstr("disabled after 3 failures"));

    EXPECT_EQ(judge("well").verdict, Verdict::open());
    EXPECT_EQ(judge("well").open_because, "plugin");
    EXPECT_THAT(last_day("well"), HasSubstr("plugin misbehaves is disabled after 3 failures"));
    EXPECT_THAT(check("well"), HasSubstr("is disabled"));
    EXPECT_EQ(events.size(), 4u); // said once
}

TEST_F(AGuardedPlugin, ManyThreadsMayJudgeAtOnceAndItIsDisabledOnce) {
    Settings settings = folder.settings();
    settings.limits.failures = 50;
    start(settings);
    std::vector<std::thread> threads;
    std::atomic<int> wrong{0};
    for (int number = 0; number < 4; ++number)
        threads.emplace_back([&] {
            for (int turn = 0; turn < 100; ++turn)
                wrong += judge("throw another").verdict == Verdict::open() ? 0 : 1;
        });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_TRUE(host->is_disabled("misbehaves"));
    const auto disabled = std::count_if(events.begin(), events.end(),
                                        [](const Event& event) { return event.kind == Event::Kind::disabled; });
    EXPECT_EQ(disabled, 1);
    EXPECT_GE(events.size(), 51u);
}

TEST(PluginText, IsMadePrintableWithoutCuttingALetter) {
    EXPECT_EQ(made_printable("Größe 語"), "Größe 語");
    EXPECT_EQ(made_printable("a\x1b[2Jb\n"), "a?[2Jb?");
    EXPECT_EQ(made_printable("\xc3"), "?");
    EXPECT_EQ(made_printable("\xed\xa0\x80"), "???"); // half of a surrogate pair
    EXPECT_EQ(made_printable("\xc0\xaf"), "??");      // overlong
    EXPECT_LE(made_printable(std::string(1000, 'x')).size(), 300u);
}

} // namespace
} // namespace peercert::plugin_host
