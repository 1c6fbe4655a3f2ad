#include "house_fixture.hpp"

#include <fstream>
#include <sstream>

#include "domain/lot.hpp"
#include "domain/sha256.hpp"
#include "services/place_order.hpp"
#include "services/place_seats.hpp"
#include "services/places.hpp"
#include "words/place_shapes.hpp"

/// Places in a cohort: asked for, scored, offered in a stated order, answered.
namespace peercert::services {
namespace {

using domain::GivenBy;
using domain::PlaceFree;
using domain::PlaceState;
using domain::PlaceStep;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(AFairOrder, ByScoreComparesMeansExactlyAndThenArrival) {
    // 1: 20/3 points, 2: 13/2, 3: 20/3 too, 4: 7/1
    const std::vector<Asking> standings{{3, 20, 3}, {1, 20, 3}, {2, 13, 2}, {4, 7, 1}};
    EXPECT_THAT(fair_order(GivenBy::score, standings, ""), ElementsAre(4, 1, 3, 2));
    EXPECT_THAT(fair_order(GivenBy::arrival, standings, ""), ElementsAre(1, 2, 3, 4));
}

TEST(AFairOrder, ByLotCanBeDrawnAgainByAnybody) {
    EXPECT_EQ(domain::sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(domain::lot_of("abc", 7), domain::sha256_hex("abc:7"));
    const auto order = fair_order(GivenBy::lot, {{1, 9, 1}, {2, 0, 0}, {3, 5, 1}, {4, 1, 1}, {5, 1, 1}}, "00ff");
    ASSERT_EQ(order.size(), 5U);
    for (std::size_t i = 1; i < order.size(); ++i)
        EXPECT_LT(domain::lot_of("00ff", order[i - 1]), domain::lot_of("00ff", order[i]));
    EXPECT_NE(domain::new_seed(), domain::new_seed());
}

class PlacesInACohort : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        places.emplace(house(), rulebook);
        seats.emplace(house());
        today_is("2025-04-02");
        NewCohort eating{.code = "eating", .curriculum = "eating-well", .organization = "centre"};
        eating.meetings.held_on = {day("2025-06-02"), day("2025-06-09")};
        cohorts->open(host, eating);
        for (const char* name : {"Ada Vogel", "Ben Okafor", "Cy Young", "Dolores Quintero", "Eva Lindqvist"})
            people_.push_back(somebody(name));
    }
    void call(int capacity, GivenBy by = GivenBy::arrival, std::vector<domain::Criterion> criteria = {}) {
        NewPlaceCall wanted;
        wanted.capacity = capacity;
        wanted.closes_on = day("2025-04-10");
        wanted.given_by = by;
        wanted.criteria = std::move(criteria);
        wanted.keep_days = 3;
        places->call(host, "eating", wanted);
    }
    void everybody_asks() {
        for (const auto& person : people_)
            places->ask(host, "eating", person);
    }
    PlaceState state(std::size_t who) {
        for (const PlaceLine& line : places->list(host, "eating").lines)
            if (line.person.code.str() == people_[who])
                return line.state;
        ADD_FAILURE() << "has not asked";
        return PlaceState::received;
    }
    Actor as(const std::string& code) { return {"person:" + code, people->show(host, code).person.id}; }
    std::string a_reviewer(const std::string& name) {
        const auto code = somebody(name);
        organizations->grant(host, "centre", code, "reviewer", day("2025-01-01"), {});
        return code;
    }
    std::optional<CohortPlaces> places;
    std::optional<Seats> seats;
    std::vector<std::string> people_;
};
PEERCERT_IN_BOTH(PlacesInACohort);

TEST_P(PlacesInACohort, AreOfferedInOrderAndPassOnWhenTheyFallFree) {
    call(2);
    everybody_asks();
    today_is("2025-04-11");
    places->offer(host, "eating");
    EXPECT_EQ(state(0), PlaceState::offered);
    EXPECT_EQ(state(1), PlaceState::offered);
    EXPECT_EQ(state(2), PlaceState::waiting);
    EXPECT_EQ(refusal([&] { places->offer(host, "eating"); }).code(), ErrorCode::conflict) << "made once";
    EXPECT_EQ(refusal([&] { places->accept(host, "eating", people_[2]); }).code(), ErrorCode::conflict);

    places->accept(as(people_[0]), "eating", people_[0]);
    EXPECT_EQ(cohorts->show(host, "eating").people.size(), 1U) << "accepting enrols";
    const PlacesMoved moved = places->decline(as(people_[1]), "eating", people_[1]);
    ASSERT_EQ(moved.offered.size(), 1U);
    EXPECT_EQ(moved.offered[0].person.code.str(), people_[2]);
    EXPECT_EQ(moved.offered[0].until, day("2025-04-18"));

    today_is("2025-04-18");
    EXPECT_TRUE(places->advance(host, "").empty()) << "its last day is inside";
    EXPECT_EQ(state(2), PlaceState::offered);
    today_is("2025-04-19");
    EXPECT_EQ(state(2), PlaceState::ran_out) << "on any reading of the day";
    EXPECT_THAT(refusal([&] { places->accept(host, "eating", people_[2]); }).what(), HasSubstr("ran out"));
    const auto next = places->advance(host, "");
    ASSERT_EQ(next.size(), 1U);
    EXPECT_EQ(next[0].ran_out.size(), 1U);
    ASSERT_EQ(next[0].offered.size(), 1U);
    EXPECT_EQ(next[0].offered[0].person.code.str(), people_[3]);
    EXPECT_TRUE(places->advance(host, "").empty()) << "again changes nothing";

    cohorts->change_place(host, "eating", people_[0], domain::EnrolmentState::moved_on, {});
    EXPECT_EQ(state(4), PlaceState::offered) << "a place given back is offered at once";
    const auto view = places->list(host, "eating");
    EXPECT_TRUE(view.lines[0].moved_on) << "who moved on is shown as such";
    EXPECT_EQ(view.taken, 0);
    EXPECT_EQ(view.offered, 2);

    const FairnessRecord fair = places->fairness(host, "eating");
    EXPECT_TRUE(fair.in_order);
    std::vector<std::pair<int, PlaceFree>> offers;
    for (const FairnessLine& line : fair.lines)
        if (line.step == PlaceStep::offered)
            offers.emplace_back(line.number, line.why);
    EXPECT_THAT(offers, ElementsAre(std::pair(1, PlaceFree::first_round), std::pair(2, PlaceFree::first_round),
                                    std::pair(3, PlaceFree::declined), std::pair(4, PlaceFree::ran_out),
                                    std::pair(5, PlaceFree::given_back)));
    EXPECT_THAT(words::fairness_json(fair).text(), Not(HasSubstr("Ada"))) << "numbers and positions only";
    EXPECT_THAT(words::fairness_json(fair).text(), Not(HasSubstr("P-")));
    EXPECT_TRUE(places->fairness(as(people_[4]), "eating").in_order) << "whoever asked may read it";
    EXPECT_EQ(refusal([&] { places->fairness(as(somebody("Foreign Person")), "eating"); }).code(),
              ErrorCode::not_found);
}

TEST_P(PlacesInACohort, AreNoLongerOfferedWhenTheCohortHasBegun) {
    call(2);
    everybody_asks();
    today_is("2025-05-30");
    const auto view = places->offer(host, "eating");
    EXPECT_EQ(view.lines[0].until, day("2025-06-02")) << "no offer outlasts the first session's day";
    today_is("2025-06-03");
    const auto moved = places->advance(host, "eating");
    ASSERT_EQ(moved.size(), 1U);
    EXPECT_EQ(moved[0].ran_out.size(), 2U);
    EXPECT_TRUE(moved[0].offered.empty());
}

TEST_P(PlacesInACohort, MayBeAskedForUntilTheLastDay) {
    EXPECT_EQ(refusal([&] { places->ask(host, "eating", people_[0]); }).code(), ErrorCode::not_found)
        << "first it is stated how they are given";
    call(2);
    today_is("2025-04-10");
    EXPECT_EQ(places->ask(as(people_[0]), "eating", people_[0]).number, 1);
    EXPECT_EQ(refusal([&] { places->ask(host, "eating", people_[0]); }).code(), ErrorCode::conflict);
    EXPECT_THAT(refusal([&] { places->offer(host, "eating"); }).what(), HasSubstr("that day included"));
    today_is("2025-04-11");
    EXPECT_EQ(refusal([&] { places->ask(host, "eating", people_[1]); }).code(), ErrorCode::conflict);
    EXPECT_THAT(refusal([&] { cohorts->enrol(host, "eating", people_[1], {}); }).what(),
                HasSubstr("given in a stated order"));
    std::istringstream file("name\nSomebody Else\n");
    EXPECT_EQ(refusal([&] { Imports(house(), &rulebook).people(host, file, "eating", Mode::commit); }).code(),
              ErrorCode::conflict);
}

TEST_P(PlacesInACohort, AreGivenAsWasStatedToTheEnd) {
    call(2);
    everybody_asks();
    NewPlaceCall other;
    other.closes_on = day("2025-04-10");
    other.keep_days = 3;
    other.given_by = GivenBy::lot;
    EXPECT_THAT(refusal([&] { places->call(host, "eating", other); }).what(), HasSubstr("people rely on it"));
    today_is("2025-04-11");
    places->offer(host, "eating");
    other.given_by = GivenBy::arrival;
    other.closes_on = day("2025-04-20");
    EXPECT_THAT(refusal([&] { places->call(host, "eating", other); }).what(), HasSubstr("has passed"));
    other.closes_on.reset();
    other.capacity = 3;
    const auto [view, moved] = places->call(host, "eating", other);
    ASSERT_EQ(moved.offered.size(), 1U) << "another room, another place";
    EXPECT_EQ(moved.offered[0].person.code.str(), people_[2]);
    EXPECT_EQ(view.call.capacity, 3);
}

TEST_P(PlacesInACohort, StayWithinTheBoundsOfTheFormat) {
    NewCohort wrap{.code = "wrap-1", .curriculum = "wrap", .format = "weekly group", .organization = "centre"};
    wrap.meetings.from = day("2025-06-06");
    wrap.with_gaps = true;
    cohorts->open(host, wrap);
    NewPlaceCall wanted;
    wanted.closes_on = day("2025-05-01");
    for (const int bad : {7, 13, -1}) {
        wanted.capacity = bad;
        EXPECT_EQ(refusal([&] { places->call(host, "wrap-1", wanted); }).code(), ErrorCode::invalid_input);
    }
    wanted.capacity = 0;
    EXPECT_EQ(places->call(host, "wrap-1", wanted).first.call.capacity, 12);
    NewCohort voices{.code = "voices",
                     .curriculum = "hearing-voices",
                     .format = "hearing voices group",
                     .organization = "centre",
                     .held_on = {day("2025-06-06")}};
    cohorts->open(host, voices);
    EXPECT_EQ(refusal([&] { places->call(host, "voices", wanted); }).code(), ErrorCode::forbidden);
}

TEST_P(PlacesInACohort, ByScoreNeedTwoReviewersAndSealTheirPoints) {
    call(1, GivenBy::score, {{"listening", 5}, {"time", 3}});
    everybody_asks();
    const auto rosalind = a_reviewer("Rosalind Achterberg"), tomas = a_reviewer("Tomas Rivera");
    const auto give = [&](const std::string& who, const std::string& by, int listening, int time) {
        places->score(as(by), "eating", who, "", {{"listening", listening}, {"time", time}});
    };
    for (std::size_t i = 0; i < people_.size(); ++i) {
        give(people_[i], rosalind, static_cast<int>(i), 1);
        give(people_[i], rosalind, static_cast<int>(i), 2); // in place of the former
    }
    const auto complaint = [&](std::vector<std::pair<std::string, int>> points) {
        return std::string(refusal([&] { places->score(host, "eating", people_[0], rosalind, points); }).what());
    };
    EXPECT_THAT(complaint({{"listening", 6}, {"time", 1}}), HasSubstr("0 to 5"));
    EXPECT_THAT(complaint({{"listening", 5}}), HasSubstr("\"time\" are missing"));
    EXPECT_THAT(complaint({{"listening", 5}, {"time", 1}, {"looks", 1}}), HasSubstr("no criterion"));
    organizations->grant(host, "centre", people_[0], "reviewer", day("2025-01-01"), {});
    EXPECT_EQ(refusal([&] { give(people_[0], people_[0], 5, 3); }).code(), ErrorCode::forbidden);
    EXPECT_EQ(refusal([&] { give(people_[0], people_[1], 5, 3); }).code(), ErrorCode::not_found) << "no reviewer";

    today_is("2025-04-11");
    const Error missing = refusal([&] { places->offer(host, "eating"); });
    EXPECT_THAT(missing.what(), HasSubstr(people_[4] + ": 1 of 2")) << "the same reviewer twice is one";
    for (const auto& person : people_)
        give(person, tomas, 3, 3);
    places->recuse(as(tomas), "eating", people_[2], "");
    EXPECT_THAT(refusal([&] { places->offer(host, "eating"); }).what(), HasSubstr(people_[2] + ": 1 of 2"));
    EXPECT_EQ(refusal([&] { give(people_[2], tomas, 1, 1); }).code(), ErrorCode::conflict);
    const auto third = a_reviewer("Una Third");
    give(people_[2], third, 5, 3);

    const auto rehearsed = places->offer(host, "eating", Mode::rehearse);
    ASSERT_TRUE(rehearsed.lines[0].points);
    EXPECT_EQ(*rehearsed.lines[0].points, 12);
    EXPECT_EQ(*rehearsed.lines[1].points, 12);
    EXPECT_EQ(rehearsed.lines[0].person.code.str(), people_[2]) << "of equals, who asked first";
    EXPECT_EQ(rehearsed.lines[1].person.code.str(), people_[4]);
    const auto made = places->offer(host, "eating");
    EXPECT_FALSE(made.lines[0].points) << "sealed";
    EXPECT_EQ(made.lines[0].reviews, 2) << "the count remains";
    EXPECT_EQ(database().place().ask("select cast(count(*) as text) from place_score"), "0") << "nobody can read them";
    EXPECT_EQ(refusal([&] { give(people_[0], rosalind, 1, 1); }).code(), ErrorCode::conflict);
    EXPECT_TRUE(house().store.read([](storage::UnitOfWork& work) { return work.audit.verify(); }).intact());
}

TEST_P(PlacesInACohort, ByLotTellTheSeedOnlyAfterwards) {
    call(2, GivenBy::lot);
    everybody_asks();
    const auto before = places->list(host, "eating");
    EXPECT_EQ(before.call.seed, "");
    EXPECT_EQ(before.seed_digest.size(), 64U);
    EXPECT_THAT(words::places_json(before).text(), HasSubstr("\"seed\":null"));
    today_is("2025-04-11");
    places->offer(host, "eating");
    const FairnessRecord fair = places->fairness(host, "eating");
    EXPECT_EQ(domain::sha256_hex(fair.view.call.seed), before.seed_digest) << "as told beforehand";
    EXPECT_TRUE(fair.in_order);
    ASSERT_EQ(fair.lots.size(), 5U);
    for (const auto& lot : fair.lots)
        EXPECT_EQ(lot.drawn, domain::lot_of(fair.view.call.seed, lot.number));
    database().place().tamper("update place_event set position = 6 - position where step = 'ranked'");
    EXPECT_FALSE(places->fairness(host, "eating").in_order);
    EXPECT_FALSE(house().store.read([](storage::UnitOfWork& work) { return work.audit.verify(); }).intact());
}

TEST_P(PlacesInACohort, LeaveNobodyWithoutAnAnswer) {
    call(1);
    everybody_asks();
    today_is("2025-04-12");
    auto open = places->answers(host, "");
    ASSERT_EQ(open.size(), 5U);
    EXPECT_EQ(open[0].what, Unanswered::What::no_answer_yet);
    EXPECT_EQ(open[0].since, day("2025-04-02"));
    EXPECT_EQ(open[0].days, 10);
    EXPECT_EQ(refusal([&] { places->told(host, "eating", people_[0]); }).code(), ErrorCode::conflict);
    places->offer(host, "eating");
    open = places->answers(host, "eating");
    ASSERT_EQ(open.size(), 5U);
    EXPECT_EQ(open[0].what, Unanswered::What::offered);
    EXPECT_EQ(open[1].what, Unanswered::What::waiting);
    for (const auto& person : people_)
        places->told(host, "eating", person);
    EXPECT_TRUE(places->answers(host, "").empty());
    EXPECT_EQ(refusal([&] { places->told(host, "eating", people_[0]); }).code(), ErrorCode::conflict)
        << "nobody is told twice";
    today_is("2025-04-20");
    places->advance(host, "");
    open = places->answers(host, "");
    ASSERT_EQ(open.size(), 2U);
    EXPECT_EQ(open[0].what, Unanswered::What::ran_out);
    EXPECT_EQ(open[1].what, Unanswered::What::offered);
    places->accept(host, "eating", people_[1]);
    today_is("2025-06-03");
    open = places->answers(host, "");
    EXPECT_EQ(open.size(), 4U) << "one ran out, three waited in vain";
    EXPECT_EQ(open.back().what, Unanswered::What::no_place_this_time);
    for (const auto& one : open)
        places->told(host, "eating", one.line.person.code.str());
    EXPECT_TRUE(places->answers(host, "").empty());
}

TEST_P(PlacesInACohort, PaidForByOthersCountSeatsAndNameNobody) {
    call(5);
    everybody_asks();
    organizations->add(host, {{}, "county", "Lakeshore County", domain::OrganizationKind::county, "Milwaukee"});
    EXPECT_EQ(refusal([&] { seats->seat(host, "eating", people_[0], "county"); }).code(), ErrorCode::not_found);
    seats->fund(host, "eating", "county", 2);
    seats->seat(host, "eating", people_[0], "county");
    seats->seat(host, "eating", people_[1], "county");
    EXPECT_THAT(refusal([&] { seats->seat(host, "eating", people_[2], "county"); }).what(), HasSubstr("all 2 seats"));
    EXPECT_EQ(refusal([&] { seats->fund(host, "eating", "county", 1); }).code(), ErrorCode::conflict);
    EXPECT_THAT(words::places_json(places->list(host, "eating")).text(), Not(HasSubstr("county")));
    EXPECT_EQ(seats->payer_of(as(people_[0]), "eating", people_[0]), "Lakeshore County");
    EXPECT_EQ(refusal([&] { seats->payer_of(host, "eating", people_[0]); }).code(), ErrorCode::forbidden);
    places->decline(host, "eating", people_[0]);
    ASSERT_EQ(seats->pools(host, "eating").size(), 1U);
    EXPECT_EQ(seats->pools(host, "eating")[0].used, 1) << "a seat that nobody sits on is free";
    seats->seat(host, "eating", people_[2], "county");
    seats->seat(host, "eating", people_[2], "");
    EXPECT_EQ(seats->pools(host, "eating")[0].used, 1);
}

TEST_P(PlacesInACohort, RehearsedChangeNothing) {
    call(2);
    everybody_asks();
    today_is("2025-04-11");
    places->offer(host, "eating", Mode::rehearse);
    EXPECT_EQ(state(0), PlaceState::received);
    places->offer(host, "eating");
    places->decline(host, "eating", people_[0], Mode::rehearse);
    places->accept(host, "eating", people_[0], Mode::rehearse);
    EXPECT_EQ(state(0), PlaceState::offered);
    EXPECT_EQ(state(2), PlaceState::waiting);
}

} // namespace
} // namespace peercert::services
