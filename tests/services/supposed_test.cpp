#include "services/supposed.hpp"

#include "house_fixture.hpp"

namespace peercert::services {
namespace {

const KnownWords& known() {
    static const KnownWords words(RuleFiles::all().catalogue);
    return words;
}
SupposedEntry entry(const char* phrase) { return supposed_entry(phrase, known()); }
std::string complaint(const char* phrase) {
    return refusal([&] { (void)entry(phrase); }).what();
}

TEST(AnEntrySupposed, IsSaidAsPeopleSayIt) {
    const SupposedEntry ce = entry("CE 6 h peer-specific, law and ethics on 2026-03-01");
    EXPECT_EQ(ce.kind, EntryKind::ce);
    EXPECT_EQ(ce.amount, 360);
    EXPECT_THAT(ce.tags, ::testing::ElementsAre("peer-specific", "law and ethics"));
    EXPECT_EQ(ce.first_day, day("2026-03-01"));
    EXPECT_EQ(ce.last_day, day("2026-03-01"));

    const SupposedEntry practice =
        entry("practice 1 h 30 min from 2026-01-01 until 2026-01-31 vouched as wa-cpss/approved supervisor");
    EXPECT_EQ(practice.amount, 90);
    EXPECT_EQ(practice.last_day, day("2026-01-31"));
    EXPECT_EQ(practice.vouched_as, "wa-cpss/approved supervisor");

    const SupposedEntry exam = entry("exam competency 85 % on 2026-04-01");
    EXPECT_EQ(exam.code, "competency");
    EXPECT_EQ(exam.amount, 8500);
    EXPECT_EQ(entry("exam competency not yet on 2026-04-01").result, EntryResult::not_yet);
    EXPECT_EQ(entry("statement own lived experience on 2026-01-01").code, "own lived experience");
    EXPECT_EQ(entry("document GED on 2026-01-01").code, "GED");
    EXPECT_EQ(entry("decision tries approved on 2026-01-01").result, EntryResult::approved);
}

TEST(AnEntrySupposed, IsRefusedKindlyWhereItIsNotUnderstood) {
    EXPECT_THAT(complaint("walk 2 h on 2026-01-01"), ::testing::HasSubstr("it begins with what it is: CE"));
    EXPECT_THAT(complaint("CE 6 h peer-specific"), ::testing::HasSubstr("when?"));
    EXPECT_THAT(complaint("CE 6 h peer-specific on 2026-02-30"), ::testing::HasSubstr("when?"));
    EXPECT_THAT(complaint("CE peer-specific on 2026-02-03"), ::testing::HasSubstr("how long?"));
    EXPECT_THAT(complaint("CE 6 h peer-specifc on 2026-02-03"), ::testing::HasSubstr("did you mean \"peer-specific\""));
    EXPECT_THAT(complaint("CE 6 % peer-specific on 2026-02-03"), ::testing::HasSubstr("no length of time"));
    EXPECT_THAT(complaint("document on 2026-02-03"), ::testing::HasSubstr("which one?"));
    EXPECT_THAT(complaint("practice 6 h from 2026-02-03 until 2026-02-01"), ::testing::HasSubstr("ends before"));
    EXPECT_THAT(complaint(""), ::testing::HasSubstr("say what"));
}

TEST(ARecordSupposed, HasEntriesAddedRemovedAndMovedAndIsSorted) {
    Vocabulary words;
    Record record;
    for (int number = 1; number <= 3; ++number) {
        Entry one;
        one.id = EntryId{number};
        one.kind = EntryKind::ce;
        one.first = one.last = add_days(day("2026-01-01"), number);
        record.entries.push_back(one);
    }
    record.entries[2].first = day("2026-01-02"); // three days long
    Supposition what;
    what.remove = {EntryId{1}};
    what.move = {{EntryId{3}, day("2025-12-31")}};
    what.add = {entry("CE 6 h peer-specific on 2026-01-02")};
    what.born = day("1990-01-01");
    what.hold = {supposed_term("trainee from 2025-01-01 until 2025-12-31")};
    const Record would_be = supposed(record, what, words, "wa-cpss");
    ASSERT_EQ(would_be.entries.size(), 3U);
    EXPECT_EQ(would_be.entries[0].id, EntryId{3});
    EXPECT_EQ(would_be.entries[0].first, day("2025-12-29"));
    EXPECT_EQ(would_be.entries[1].id, EntryId{-1});
    EXPECT_EQ(would_be.entries[2].id, EntryId{2});
    EXPECT_EQ(would_be.born, day("1990-01-01"));
    ASSERT_EQ(would_be.holdings.size(), 1U);
    EXPECT_EQ(words.text(would_be.holdings[0].track), "wa-cpss");
    EXPECT_EQ(record.entries.size(), 3U) << "the record itself is as it was";

    what.remove = {EntryId{9}};
    EXPECT_EQ(refusal([&] { (void)supposed(record, what, words, "wa-cpss"); }).code(), ErrorCode::not_found);
}

} // namespace
} // namespace peercert::services
