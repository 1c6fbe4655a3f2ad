#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/admin.hpp"
#include "storage/store.hpp"
#include "support/run_cli.hpp"

/// Amounts in units of a track's own: what one is worth is that track's to say.
namespace {

using namespace peercert;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using testing::HasSubstr;

class RecordingUnits : public testing::Test {
protected:
    RecordingUnits() {
        peercert.set("PEERCERT_DB", file);
        peercert.set("PEERCERT_CURRICULA", PEERCERT_SOURCE_DIR "/tests/curricula/invented");
        storage::create_database({.url = file}, {.kind = domain::InstallationKind::demo, .demo_clock = now},
                                 {"host:test", now});
        storage::Store store({.url = file});
        store.write({"host:test", now}, [&](storage::UnitOfWork& work) {
            ana = work.people.add({.name_used = "Ana Cruz"}).code.str();
            work.audit.append({.action = "test.made", .object = "person"});
        });
    }
    CliResult ce(const std::string& amount, const std::vector<std::string>& more = {}) {
        std::vector<std::string> words{"record", "ce", ana, amount, "--on", "2026-02-01"};
        words.insert(words.end(), more.begin(), more.end());
        return peercert(words);
    }

    RunCli peercert;
    const std::string file = (peercert.home() / "a.db").string();
    const domain::Instant now = *domain::parse_instant("2026-05-20T09:00:00Z");
    std::string ana;
};

TEST_F(RecordingUnits, AreCountedAsTheTrackSays) {
    const CliResult made = ce("0.2 CEU", {"--units-of", "clauses"});
    EXPECT_EQ(made.exit, 0) << made.err;
    EXPECT_THAT(peercert({"record", "list", ana, "--json"}).out, HasSubstr("\"amount\":120"));
    EXPECT_EQ(ce("2.5 h").exit, 0);
}

TEST_F(RecordingUnits, SayWhoseTheyAre) {
    const CliResult whose = ce("0.2 CEU");
    EXPECT_EQ(whose.exit, 3);
    EXPECT_THAT(whose.err, HasSubstr("whose unit is that?"));
}

TEST_F(RecordingUnits, ThatTheTrackRefusesAreNotRecorded) {
    const CliResult refused = ce("3 college credits", {"--units-of", "clauses"});
    EXPECT_EQ(refused.exit, 3);
    EXPECT_THAT(refused.err, HasSubstr("clauses 2026 counts nothing in college credit; nothing is recorded"));
    EXPECT_THAT(ce("1 quater credit", {"--units-of", "clauses"}).err, HasSubstr("did you mean \"quarter credit\"?"));
    EXPECT_THAT(ce("0.001 CEU", {"--units-of", "clauses"}).err, HasSubstr("no whole number of minutes"));
}

TEST_F(RecordingUnits, ThatSomebodyLookedAndFoundNothingAnswersSilence) {
    const std::vector<std::string> asked{"assess", "ways-in", ana, "--level", "unbarred"};
    EXPECT_THAT(peercert(asked).out, HasSubstr("needs a decision")) << "nobody has looked";
    const CliResult looked = peercert({"record", "fact", ana, "listed offence", "--not-so", "--on", "2026-05-19"});
    EXPECT_EQ(looked.exit, 0) << looked.err;
    EXPECT_THAT(looked.out, HasSubstr("fact listed offence: looked at on 2026-05-19, and it is not so"));
    EXPECT_THAT(peercert({"record", "list", ana}).out, HasSubstr("looked at, and not so"));
    EXPECT_EQ(peercert(asked).exit, 0);
    EXPECT_EQ(peercert({"record", "fact", ana, "listed offence", "--on", "2026-05-20"}).exit, 0);
    EXPECT_NE(peercert(asked).exit, 0) << "what is found later counts from its day on";
    EXPECT_EQ(
        peercert({"record", "fact", ana, "listed offence", "--not-so", "--on", "2026-05-19", "--until", "2026-05-20"})
            .exit,
        2);
}

} // namespace
