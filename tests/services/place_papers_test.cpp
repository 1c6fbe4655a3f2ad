#include "house_fixture.hpp"

#include <fstream>
#include <iterator>

#include "services/place_papers.hpp"
#include "services/places.hpp"
#include "storage/admin.hpp"

/// Essays and notes of interviews: read until the order is made, then gone for good.
namespace peercert::services {
namespace {

using domain::PaperKind;
using ::testing::HasSubstr;
using ::testing::Not;

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

class APaper : public AHouse {
protected:
    static constexpr const char* canary = "CANARY-the-winter-by-the-lake";

    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        places.emplace(house(), rulebook);
        papers.emplace(house());
        NewCohort eating{.code = "eating", .curriculum = "eating-well", .organization = "centre"};
        eating.meetings.held_on = {day("2025-06-02")};
        cohorts->open(host, eating);
        NewPlaceCall wanted;
        wanted.capacity = 2;
        wanted.closes_on = day("2025-04-10");
        wanted.keep_days = 3;
        places->call(host, "eating", wanted);
        for (int i = 0; i < 20; ++i) {
            who.push_back(somebody("Person " + std::string(1, static_cast<char>('A' + i))));
            places->ask(host, "eating", who.back());
            // long ones span pages, short ones share them
            papers->add(host, "eating", who.back(), PaperKind::essay, essay(i));
        }
        papers->add(host, "eating", who[0], PaperKind::interview, std::string(canary) + " notes\n");
    }
    static std::string essay(int i) {
        std::string text;
        for (int line = 0; line < 1 + i * 30; ++line)
            text += std::string(canary) + " " + std::to_string(line) + "\n";
        return text;
    }
    bool in_the_database() {
        if (GetParam() == storage::Backend::postgresql)
            return database().place().ask("select cast(count(*) as text) from place_paper") != "0";
        return bytes_of(database().place().file()).find(canary) != std::string::npos ||
               bytes_of(database().place().file().string() + "-wal").find(canary) != std::string::npos;
    }
    std::optional<CohortPlaces> places;
    std::optional<PlacePapers> papers;
    std::vector<std::string> who;
};
PEERCERT_IN_BOTH(APaper);

TEST_P(APaper, IsReadByReviewersUntilTheOrderIsMade) {
    EXPECT_EQ(papers->read(host, "eating", who[3], PaperKind::essay), essay(3));
    EXPECT_EQ(refusal([&] { papers->read(host, "eating", who[3], PaperKind::interview); }).code(),
              ErrorCode::not_found);
    const auto coordinator = somebody("Cora Dinator");
    organizations->grant(host, "centre", coordinator, "coordinator", day("2025-01-01"), {});
    const Actor as_coordinator{"person:" + coordinator, people->show(host, coordinator).person.id};
    EXPECT_EQ(refusal([&] { papers->read(as_coordinator, "eating", who[3], PaperKind::essay); }).code(),
              ErrorCode::forbidden);
    const Actor self{"person:" + who[3], people->show(host, who[3]).person.id};
    papers->add(self, "eating", who[3], PaperKind::essay, "A new one\r\n");
    EXPECT_EQ(papers->read(host, "eating", who[3], PaperKind::essay), "A new one\n");
    EXPECT_EQ(refusal([&] { papers->add(self, "eating", who[3], PaperKind::interview, "x"); }).code(),
              ErrorCode::not_found);
    for (const std::string& bad : {std::string(""), std::string("\n\n"), std::string("a\0b", 3), std::string("\xff"),
                                   std::string(PlacePapers::most_bytes + 1, 'x')})
        EXPECT_EQ(refusal([&] { papers->add(host, "eating", who[3], PaperKind::essay, bad); }).code(),
                  ErrorCode::invalid_input);
    today_is("2025-04-11");
    places->offer(host, "eating");
    EXPECT_EQ(refusal([&] { papers->read(host, "eating", who[3], PaperKind::essay); }).code(), ErrorCode::forbidden);
    EXPECT_EQ(refusal([&] { papers->add(host, "eating", who[3], PaperKind::essay, "late"); }).code(),
              ErrorCode::conflict);
}

TEST_P(APaper, IsGoneFromTheDatabaseFileOnItsDay) {
    ASSERT_TRUE(in_the_database()) << "else this test proves nothing";
    today_is("2025-04-11");
    places->offer(host, "eating");
    today_is("2025-04-13");
    EXPECT_TRUE(papers->purge(host).cohorts.empty()) << "three days are stated";
    today_is("2025-04-14");
    EXPECT_EQ(papers->purge(host, Mode::rehearse).cohorts.at(0).papers, 21U);
    EXPECT_TRUE(in_the_database());
    const Purged purged = papers->purge(host);
    ASSERT_EQ(purged.cohorts.size(), 1U);
    EXPECT_EQ(purged.cohorts[0].papers, 21U);
    EXPECT_EQ(purged.cohorts[0].due, day("2025-04-14"));
    EXPECT_TRUE(purged.gone);
    EXPECT_FALSE(in_the_database());
    EXPECT_TRUE(papers->purge(host).cohorts.empty());
    EXPECT_TRUE(house().store.read([](storage::UnitOfWork& work) { return work.audit.verify(); }).intact());
}

TEST_P(APaper, OfACohortThatBeganWithoutAnOrderIsDeletedToo) {
    today_is("2025-06-04");
    EXPECT_TRUE(papers->purge(host).cohorts.empty());
    today_is("2025-06-05");
    EXPECT_EQ(papers->purge(host).cohorts.size(), 1U);
}

TEST_P(APaper, IsInNoBackupAndNoAuditRow) {
    const auto file = database().place().folder() / "copy.peercert";
    storage::back_up(database().place().settings(), file);
    const std::string copy = bytes_of(file);
    ASSERT_THAT(copy, HasSubstr("SQLite format 3"));
    EXPECT_EQ(copy.find(canary), std::string::npos);
    house().store.read([&](storage::UnitOfWork& work) {
        for (const auto& row : work.audit.list(0, 1000))
            if (row.action == "place.paper_added") {
                EXPECT_EQ(row.before_digest, "");
                EXPECT_EQ(row.after_digest, "") << "not even a digest";
            }
    });
    // What was told stays told in a restored database.
    today_is("2025-04-11");
    places->offer(host, "eating");
    places->told(host, "eating", who[0]);
    const auto later = database().place().folder() / "later.peercert";
    storage::back_up(database().place().settings(), later);
    testing::TempPlace other(GetParam());
    storage::restore(later, other.settings(), {"test", clock.now()});
    storage::Store store(other.settings());
    House restored{store, clock, "America/Chicago"};
    const auto before = places->answers(host, ""), after = CohortPlaces(restored, rulebook).answers(host, "");
    EXPECT_EQ(after.size(), 19U);
    EXPECT_EQ(after.size(), before.size()) << "nobody is told again because of a restore";
    EXPECT_TRUE(CohortPlaces(restored, rulebook).advance(host, "").empty()) << "and nothing is offered again";
}

} // namespace
} // namespace peercert::services
