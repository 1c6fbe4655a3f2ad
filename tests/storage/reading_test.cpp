#include "storage/suite.hpp"

#include "domain/entry.hpp"

namespace peercert::storage {
namespace {

using domain::NewEntry;

/// Everybody's records in one go, against the same records one by one.
class ReadingEverybody : public BothDatabases {
protected:
    std::string text(const Record& record) const {
        std::ostringstream out;
        const auto day = [](const std::optional<Date>& one) { return one ? to_text(*one) : std::string("-"); };
        const auto range = [&](const DayRange& one) { return day(one.first) + ".." + day(one.last); };
        out << "born " << day(record.born) << "\n";
        for (const Entry& one : record.entries) {
            out << one.id.value() << " " << static_cast<int>(one.kind) << " " << static_cast<int>(one.result) << " "
                << to_text(one.first) << ".." << to_text(one.last) << " " << one.amount << " "
                << vocabulary.text(one.code) << "/" << vocabulary.text(one.provider) << "/"
                << vocabulary.text(one.authority) << " " << range(one.authority_held) << " " << one.session << " "
                << one.cohort;
            for (const Symbol word : one.tags.words())
                out << " [" << vocabulary.text(word) << "]";
            out << "\n";
        }
        for (const Holding& one : record.holdings) {
            out << vocabulary.text(one.track);
            for (const HeldTerm& term : one.terms)
                out << " " << term.number << " " << vocabulary.text(term.level) << " " << to_text(term.first) << ".."
                    << day(term.last) << " " << day(term.decided);
            for (const DayRange& out_of_force : one.out_of_force)
                out << " not " << range(out_of_force);
            out << "\n";
        }
        for (const Use& use : record.uses)
            out << "used " << use.entry.value() << " " << vocabulary.text(use.track) << " " << to_text(use.decided)
                << "\n";
        return out.str();
    }
    /// By `each_record`, some at a time.
    std::map<std::int64_t, std::string> together(const RecordParts& parts, std::int64_t at_once) {
        std::map<std::int64_t, std::string> found;
        look([&](UnitOfWork& work) {
            const std::int64_t last = work.people.last().value();
            for (std::int64_t after = 0; after < last; after += at_once)
                work.entries.each_record(
                    vocabulary, PersonId(after), PersonId(after + at_once), parts,
                    [&](PersonId person, const Record& record) { found[person.value()] = text(record); });
        });
        return found;
    }
    std::string alone(PersonId person) {
        return look([&](UnitOfWork& work) { return text(work.entries.record(person, vocabulary)); });
    }
    void fill() {
        const auto [cohort, session] = change([&](UnitOfWork& work) {
            const auto id = work.cohorts.add({.code = "mke-1", .curriculum = "wrap", .edition = "2024"});
            return std::pair(
                id, work.cohorts.add_session({.cohort = id, .number = 1, .held_on = 2026y / 2 / 1, .length = 90min}));
        });
        for (int number = 0; number < 12; ++number) {
            const PersonId person = somebody("Person " + std::string(1, static_cast<char>('A' + number)));
            people.push_back(person);
            EntryId last;
            for (int line = 0; line < number; ++line) { // the first has none
                NewEntry entry{.person = person, .kind = EntryKind::practice};
                entry.first_day = entry.last_day = Date{2026y / 1 / std::chrono::day(1U + 7U * unsigned(line) % 28U)};
                entry.amount = 60 + line;
                entry.tags = {line % 2 == 0 ? "direct" : "a word of more than sixteen letters"};
                entry.code = line % 3 == 0 ? "12345678" : "1234567";
                entry.provider = line % 4 == 0 ? "somewhere" : "";
                if (line % 3 == 1)
                    entry.authority = domain::Authority{
                        "wa-cpss/approved supervisor", "134S-CXXG-ZQQ", {2025y / 1 / 1, std::nullopt}};
                if (line % 4 == 2) {
                    entry.kind = EntryKind::attendance;
                    entry.session = session;
                    entry.cohort = cohort;
                }
                if (line % 5 == 4 && last) {
                    entry.replaces = last;
                    entry.kind = EntryKind::practice;
                    entry.withdrawn = line == 9;
                    entry.session = {};
                    entry.cohort = {};
                }
                const EntryId added = change([&](UnitOfWork& work) { return work.entries.add(entry); });
                last = entry.kind == EntryKind::practice && !entry.replaces ? added : EntryId{};
            }
        }
        change([&](UnitOfWork& work) {
            work.people.set_born(people[2], 1980y / 2 / 29);
            for (const std::size_t holder : {0U, 5U, 11U}) {
                const auto credential = work.credentials.add(people[holder], "wi-cps", OrganizationId{});
                work.credentials.add_term(credential.id,
                                          {.n = 1, .first_day = 2024y / 11 / 1, .title = "T", .name_as_issued = "X"});
                if (holder == 5)
                    work.credentials.add_event(
                        credential.id, {.kind = domain::CredentialEventKind::revoke, .effective_day = 2025y / 1 / 1});
            }
        });
    }

    Vocabulary vocabulary;
    std::vector<PersonId> people;
};
PEERCERT_BOTH_DATABASES(ReadingEverybody);

TEST_P(ReadingEverybody, AtOnceIsReadingThemOneByOne) {
    fill();
    std::map<std::int64_t, std::string> one_by_one;
    for (const PersonId person : people) // the first has no line, but holds something
        one_by_one[person.value()] = alone(person);
    for (const std::int64_t at_once : {1, 3, 1000})
        EXPECT_EQ(together({}, at_once), one_by_one) << at_once;
}

TEST_P(ReadingEverybody, KindsThatNobodyWantsAreLeftOutAndTheRestIsAsItIs) {
    fill();
    const std::uint16_t wanted = 1U << static_cast<unsigned>(EntryKind::practice);
    RecordParts parts;
    parts.kinds = [&](PersonId person, const Record& holdings) {
        const bool holds = person == people[0] || person == people[5] || person == people[11];
        EXPECT_EQ(holdings.holdings.size(), holds ? 1U : 0U) << "what they hold is there before the lines";
        return person == people[7] ? std::uint16_t{0xffff} : wanted;
    };
    std::map<std::int64_t, std::string> only_practice;
    for (const PersonId person : people)
        only_practice[person.value()] = look([&](UnitOfWork& work) {
            Record record = work.entries.record(person, vocabulary);
            if (person != people[7])
                std::erase_if(record.entries, [](const Entry& entry) { return entry.kind != EntryKind::practice; });
            return text(record);
        });
    for (const std::int64_t at_once : {1, 1000})
        EXPECT_EQ(together(parts, at_once), only_practice);
}

TEST_P(ReadingEverybody, ARefusalInBetweenComesOutAsItIsAndLeavesTheSessionWell) {
    fill();
    std::string message;
    const auto refuse = [](PersonId, const Record&) { throw Error(ErrorCode::conflict, "enough of this"); };
    EXPECT_EQ(refusal([&] { look([&](UnitOfWork& work) { work.entries.each_record(vocabulary, refuse); }); }, &message),
              ErrorCode::conflict);
    EXPECT_EQ(message, "enough of this");
    EXPECT_EQ(together({}, 1000).size(), people.size());
}

} // namespace
} // namespace peercert::storage
