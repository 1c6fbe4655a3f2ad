#include "house_fixture.hpp"

#include <fstream>
#include <iterator>

#include "services/bundles.hpp"

/// A cohort taken away as a file, and brought back.
namespace peercert::services {
namespace {

using ::testing::HasSubstr;

domain::Instant at(const char* text) { return domain::parse_instant(text).value(); }

std::string corpus(const char* name) {
    std::ifstream stream(std::string(PEERCERT_SOURCE_DIR "/tests/fuzz/corpus/bundle/") + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// These were put together and signed by openssl, none of our code: the format is what it is said to be.
TEST(ABundleFile, WrittenByAnotherProgramIsRead) {
    const BundleFile file = read_bundle(corpus("one_line"));
    EXPECT_EQ(file.cohort, "evening");
    ASSERT_EQ(file.sessions.size(), 2U);
    EXPECT_EQ(file.sessions[1].unit, "cooking");
    ASSERT_EQ(file.attended.size(), 1U);
    EXPECT_EQ(file.minutes(2, file.people.at(0).code), Minutes{90});
    EXPECT_EQ(file.minutes(1, file.people.at(0).code), Minutes{100}) << "as it was when the file was taken";
    EXPECT_EQ(read_bundle(corpus("taken")).attended.size(), 0U);
    for (const char* bad : {"cut_off", "changed", "number_too_large", "other_version", "no_key"})
        EXPECT_EQ(refusal([&] { read_bundle(corpus(bad)); }).code(), ErrorCode::invalid_input) << bad;
}

class ABundle : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        bundles.emplace(house(), rulebook);
        today_is("2025-03-03");
        NewCohort evening{.code = "evening",
                          .curriculum = "eating-well",
                          .organization = "centre",
                          .held_on = {day("2025-03-03"), day("2025-03-10"), day("2025-03-17")}};
        evening.meetings.length = Minutes{120};
        cohorts->open(host, evening);
        ana = somebody("Ana Ruiz");
        bo = somebody("Bo Lee");
        for (const auto& one : {ana, bo})
            cohorts->enrol(host, "evening", one, {});
        cohorts->attend(host, "evening", 1, ana, Minutes{100});
        taken = bundles->take(host, "evening");
        file = taken.bytes;
    }
    domain::PersonCode code(const std::string& person) { return domain::PersonCode::parse(person).value(); }
    void record(int session, const std::string& person, int minutes, const char* claimed = "2025-03-10T23:00:00Z") {
        file = with_attended(file, {0, session, code(person), Minutes{minutes}, at(claimed)});
    }
    BroughtBack bring(Mode mode = Mode::commit) { return bundles->bring_back(host, file, mode); }
    std::optional<int> minutes(int session, const std::string& person) {
        return house().store.read([&](storage::UnitOfWork& work) -> std::optional<int> {
            const auto cohort = work.cohorts.find("evening");
            const auto entry = work.entries.attendance(work.cohorts.sessions(cohort->id)[session - 1].id,
                                                       people->show(host, person).person.id);
            return entry ? std::optional(static_cast<int>(entry->amount)) : std::nullopt;
        });
    }
    std::optional<Bundles> bundles;
    Taken taken;
    std::string file, ana, bo;
};
PEERCERT_IN_BOTH(ABundle);

TEST_P(ABundle, ComesBackOnceWhateverItsClockSays) {
    record(1, bo, 90, "2031-01-01T00:00:00Z"); // a laptop years ahead
    record(2, ana, 120, "1999-12-31T00:00:00Z");
    record(2, bo, 60);
    record(2, bo, 75); // corrected on the spot
    today_is("2025-03-11");
    EXPECT_EQ(bring(Mode::rehearse).recorded.size(), 3U);
    EXPECT_EQ(minutes(1, bo), std::nullopt) << "a dry run changes nothing";
    const BroughtBack first = bring();
    EXPECT_EQ(first.recorded.size(), 3U);
    EXPECT_TRUE(first.to_decide.empty());
    EXPECT_EQ(minutes(1, bo), 90);
    EXPECT_EQ(minutes(2, bo), 75);
    house().store.read([&](storage::UnitOfWork& work) {
        for (const auto& line : work.entries.of_person(people->show(host, bo).person.id))
            if (line.amount == 90) {
                EXPECT_EQ(line.last_day, day("2025-03-03")) << "the session's day";
                EXPECT_EQ(line.recorded_at, noon("2025-03-11")) << "this record's time";
            }
        const auto lines = work.bundles.lines(taken.id);
        ASSERT_EQ(lines.size(), 4U);
        EXPECT_EQ(lines[0].claimed_at, at("2031-01-01T00:00:00Z")) << "kept as a claim";
        EXPECT_EQ(lines[2].outcome, domain::BundleOutcome::replaced);
        EXPECT_TRUE(work.audit.verify().intact());
    });
    const BroughtBack again = bring();
    EXPECT_EQ(again.recorded.size() + again.known + again.to_decide.size(), 0U) << "the same again changes nothing";
    EXPECT_EQ(again.before, 4U);
    record(2, ana, 110); // the file goes on being used
    const BroughtBack more = bring();
    ASSERT_EQ(more.recorded.size(), 1U);
    EXPECT_EQ(more.recorded[0].here, Minutes{120});
    EXPECT_EQ(minutes(2, ana), 110);
}

TEST_P(ABundle, WaitsForTheRecordsOwnDay) {
    record(3, ana, 120, "2025-03-17T23:00:00Z");
    today_is("2025-03-16");
    EXPECT_EQ(bring().to_come.size(), 1U);
    EXPECT_EQ(minutes(3, ana), std::nullopt);
    today_is("2025-03-17");
    EXPECT_EQ(bring().recorded.size(), 1U) << "brought again after it";
    EXPECT_EQ(minutes(3, ana), 120);
}

TEST_P(ABundle, KeepsWhatBothSidesChangedForPeopleToDecide) {
    record(1, ana, 120);                                   // 100 when it was taken
    cohorts->attend(host, "evening", 1, ana, Minutes{80}); // and here since
    cohorts->attend(host, "evening", 1, bo, Minutes{60});
    record(1, bo, 60); // both say the same
    today_is("2025-03-11");
    record(2, bo, 30);
    const BroughtBack brought = bring();
    EXPECT_EQ(brought.known, 1U);
    EXPECT_EQ(brought.recorded.size(), 1U) << "the rest is no less recorded";
    ASSERT_EQ(brought.to_decide.size(), 1U);
    EXPECT_EQ(brought.to_decide[0].brought, Minutes{120});
    EXPECT_EQ(brought.to_decide[0].here, Minutes{80});
    EXPECT_EQ(brought.to_decide[0].common, Minutes{100});
    EXPECT_EQ(minutes(1, ana), 80) << "nothing is overwritten";
    EXPECT_TRUE(bring().to_decide.empty()) << "asked once";
    ASSERT_EQ(bundles->to_decide(host, "evening").size(), 1U) << "and kept until somebody decides";
    bundles->settle(host, "evening", 1, ana, Minutes{120});
    EXPECT_EQ(minutes(1, ana), 120);
    EXPECT_TRUE(bundles->to_decide(host, "evening").empty());
    EXPECT_EQ(refusal([&] { bundles->settle(host, "evening", 1, ana, Minutes{120}); }).code(), ErrorCode::not_found);
    record(1, ana, 115); // after the decision the file may go on from it
    EXPECT_EQ(bring().recorded.size(), 1U);
    EXPECT_EQ(minutes(1, ana), 115);
}

TEST_P(ABundle, ThatWasChangedOrIsAnothersIsRefusedAndChangesNothing) {
    record(1, bo, 90);
    record(2, ana, 120);
    const std::string good = file;
    today_is("2025-03-11");
    const auto refused = [&](const std::string& bytes) {
        const Error error = refusal([&] { bundles->bring_back(host, bytes); });
        EXPECT_EQ(minutes(1, bo), std::nullopt);
        return error;
    };
    const auto with = [&](std::string_view what, std::string_view by) {
        std::string changed = good;
        changed.replace(changed.find(what), what.size(), by);
        return changed;
    };
    EXPECT_EQ(refused(with("\t90\t", "\t91\t")).code(), ErrorCode::invalid_input);
    EXPECT_EQ(refused(with("Bo Lee", "Bo Lea")).code(), ErrorCode::invalid_input);
    EXPECT_EQ(refused(with(taken.id, std::string(16, '0'))).code(), ErrorCode::not_found);
    EXPECT_EQ(refused(good.substr(0, good.size() - 10)).code(), ErrorCode::invalid_input) << "cut off";
    const std::size_t first = good.find("attended"), second = good.find("attended", first + 1);
    EXPECT_EQ(refused(good.substr(0, first) + good.substr(second)).code(), ErrorCode::invalid_input)
        << "a line left out";
    for (const char* junk : {"", "peercert bundle 1\n", "peercert bundle 2\nbundle\tx\n", "\n\n", "bundle\n"})
        EXPECT_EQ(refused(junk).code(), ErrorCode::invalid_input);
    // Somebody writes a whole file with a key of their own under our name.
    BundleFile forged = read_bundle(good);
    std::string key;
    std::string bytes = new_bundle(forged, key);
    bytes = with_attended(bytes, {0, 1, code(bo), Minutes{1}, at("2025-03-10T23:00:00Z")});
    EXPECT_EQ(read_bundle(bytes).attended.size(), 1U) << "sound in itself";
    EXPECT_EQ(refused(bytes).code(), ErrorCode::invalid_input) << "but not by the key that the record knows";
    bundles->withdraw(host, taken.id);
    EXPECT_EQ(refused(good).code(), ErrorCode::conflict);
}

TEST_P(ABundle, TakesOnlyWhatFitsItsCohort) {
    EXPECT_EQ(refusal([&] { record(4, ana, 60); }).code(), ErrorCode::invalid_input);
    EXPECT_EQ(refusal([&] { record(1, ana, 121); }).code(), ErrorCode::invalid_input);
    EXPECT_EQ(refusal([&] { record(1, somebody("Foreign Person"), 60); }).code(), ErrorCode::invalid_input);
    cohorts->open(host, {.code = "voices",
                         .curriculum = "hearing-voices",
                         .format = "hearing voices group",
                         .organization = "centre",
                         .held_on = {day("2025-02-03")}});
    EXPECT_EQ(refusal([&] { bundles->take(host, "voices"); }).code(), ErrorCode::forbidden);
    EXPECT_EQ(database().place().ask("select public_key from bundle").size(), 43U);
    const std::string secret = file.substr(file.find("\nkey\t") + 5, 43);
    EXPECT_EQ(database().place().ask("select cast(count(*) as text) from bundle where public_key = '" + secret + "'"),
              "0")
        << "the secret half stands in the file alone";
}

} // namespace
} // namespace peercert::services
