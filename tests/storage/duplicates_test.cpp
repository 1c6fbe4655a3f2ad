#include "storage/suite.hpp"

#include "storage/people_import.hpp"

namespace peercert::storage {
namespace {

using domain::NewPerson;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class DuplicateStore : public BothDatabases {
protected:
    PersonId add(const NewPerson& person) {
        return change([&](UnitOfWork& work) { return work.people.add(person).id; });
    }
    std::vector<PersonId> like(const NewPerson& person) {
        return look([&](UnitOfWork& work) { return ids(work.duplicates.of(person)); });
    }
    std::vector<PersonId> like(PersonId person) {
        return look([&](UnitOfWork& work) { return ids(work.duplicates.of(person)); });
    }
    std::vector<std::pair<PersonId, PersonId>> all(std::size_t limit = 1000) {
        return look([&](UnitOfWork& work) {
            std::vector<std::pair<PersonId, PersonId>> pairs;
            for (const auto& pair : work.duplicates.all(limit))
                pairs.emplace_back(pair.one, pair.other);
            return pairs;
        });
    }
    void apart(PersonId one, PersonId other, bool are = true) {
        change([&](UnitOfWork& work) { work.duplicates.set_apart(one, other, are, 2025y / 1 / 2); });
    }
    static std::vector<PersonId> ids(const std::vector<Duplicates::Candidate>& found) {
        std::vector<PersonId> people;
        for (const auto& one : found)
            people.push_back(one.person);
        return people;
    }
};
PEERCERT_BOTH_DATABASES(DuplicateStore);

TEST_P(DuplicateStore, AreFoundWhateverIsWrittenDifferently) {
    const auto ana = add(
        {.name_used = "Ána María Ruiz", .born = 1980y / 3 / 5, .email = "ana@example.org", .phone = "+1 414 555-0100"});
    const auto found = ElementsAre(ana);
    EXPECT_THAT(like({.name_used = "ana maria ruiz", .born = 1980y / 3 / 5}), found);
    EXPECT_THAT(like({.name_used = "Ruiz Ana Maria", .born = 1980y / 3 / 5}), found) << "another order";
    EXPECT_THAT(like({.name_used = "Ana Ruiz", .born = 1980y / 3 / 5}), found) << "without the middle";
    EXPECT_THAT(like({.name_used = "Ana Maria Ruis", .born = 1980y / 3 / 5}), found) << "one letter";
    EXPECT_THAT(like({.name_used = "Ana Mary Ruiz", .born = 1980y / 3 / 5}), found) << "a familiar form";
    EXPECT_THAT(like({.name_used = "Ana Maria Ruiz", .born = 1980y / 5 / 3}), found) << "day and month";
    EXPECT_THAT(like({.name_used = "Ana Maria Ruiz", .born = 1981y / 3 / 5}), found) << "one digit";
    EXPECT_THAT(like({.name_used = "Ana Maria Ruis", .email = "ANA@example.org"}), found) << "one letter, the address";
    EXPECT_THAT(like({.name_used = "Zoe Gold", .born = 1980y / 3 / 5, .email = "ana@example.org"}), found);
    EXPECT_THAT(like({.name_used = "Zoe Gold", .born = 1980y / 3 / 5}), IsEmpty());
    EXPECT_THAT(like({.name_used = "Zoe Gold", .email = "ana@example.org"}), IsEmpty()) << "a family's address";
    EXPECT_THAT(like({.name_used = "Ana Maria Ruiz", .born = 1990y / 9 / 9, .email = "o@example.org"}), IsEmpty());
    EXPECT_THAT(like(ana), IsEmpty()) << "nobody is a duplicate of themselves";
}

TEST_P(DuplicateStore, OfWhomLittleIsKnownAreFoundByTheName) {
    const auto bo = add({.name_used = "Bo Lee", .phone = "414 555 0100"});
    EXPECT_THAT(like({.name_used = "BO LEE", .born = 1980y / 2 / 3, .email = "bo@example.org"}), ElementsAre(bo));
    EXPECT_THAT(like({.name_used = "Lee Bo"}), ElementsAre(bo));
    EXPECT_THAT(like({.name_used = "Bo Lee", .phone = "414 555 0101"}), IsEmpty());
    const auto known = add({.name_used = "Cy Ray", .born = 1980y / 2 / 3, .email = "cy@example.org"});
    EXPECT_THAT(like({.name_used = "Cy Ray"}), ElementsAre(known));
}

TEST_P(DuplicateStore, AreTheSamePairsForOneAndForEverybody) {
    const auto a = add({.name_used = "Ana Ruiz", .born = 1980y / 3 / 5, .email = "ana@example.org"});
    const auto b = add({.name_used = "Ruiz Ana", .born = 1980y / 3 / 5});
    const auto c = add({.name_used = "Zoe Gold", .born = 1980y / 3 / 5, .email = "ana@example.org"});
    const auto d = add({.name_used = "Dee Park"});
    const auto e = add({.name_used = "DEE PARK", .born = 1970y / 1 / 1});
    const auto f = add({.name_used = "Fay Lind", .born = 1999y / 9 / 9, .email = "fay@example.org"});
    EXPECT_THAT(all(), UnorderedElementsAre(std::pair(a, b), std::pair(a, c), std::pair(d, e)));
    const auto gone =
        add({.name_used = "Gus Ray", .born = 1960y / 1 / 1, .email = "g@example.org", .phone = "555 0100"});
    const auto married =
        add({.name_used = "Zoe Poe", .born = 1960y / 1 / 1, .email = "z@example.org", .phone = "(555) 0100"});
    EXPECT_THAT(all(), Contains(std::pair(gone, married))) << "birthday and number, whatever the name";
    EXPECT_THAT(like(a), UnorderedElementsAre(b, c));
    EXPECT_THAT(like(e), ElementsAre(d));
    EXPECT_THAT(like(f), IsEmpty());
    EXPECT_EQ(all(1).size(), 1u);
    EXPECT_EQ(all(1).front(), std::pair(a, b)) << "the likest first";
}

TEST_P(DuplicateStore, SetApartNeverComeBackUnlessThatWasAMistake) {
    const auto a = add({.name_used = "Ana Ruiz", .born = 1980y / 3 / 5});
    const auto b = add({.name_used = "Ana Ruiz", .born = 1980y / 3 / 5});
    const auto c = add({.name_used = "Ana Ruiz", .born = 1980y / 3 / 5});
    apart(b, a);
    EXPECT_THAT(like(a), ElementsAre(c));
    EXPECT_THAT(all(), UnorderedElementsAre(std::pair(a, c), std::pair(b, c)));
    EXPECT_EQ(refusal([&] { apart(a, b); }), ErrorCode::conflict) << "it is on record";
    database().reopen();
    EXPECT_THAT(like(b), ElementsAre(c));
    // Whoever is one human is apart as one.
    change([&](UnitOfWork& work) { work.merges.merge(c, b, 2025y / 1 / 2); });
    EXPECT_THAT(like(a), IsEmpty());
    EXPECT_THAT(like(c), IsEmpty());
    EXPECT_THAT(all(), IsEmpty());
    EXPECT_EQ(refusal([&] { apart(c, b); }), ErrorCode::conflict) << "they are one human";
    apart(c, a, false);
    EXPECT_THAT(like(a), ElementsAre(b)) << "once, as who was kept";
    EXPECT_THAT(all(), ElementsAre(std::pair(a, b)));
    EXPECT_EQ(look([](UnitOfWork& work) { return work.audit.verify().problem; }), "");
}

TEST_P(DuplicateStore, AreFoundAmongImportedPeopleToo) {
    change([&](UnitOfWork& work) {
        PeopleImport import(work);
        import.add({.name_used = "Ana Maria Ruiz", .born = 1980y / 3 / 5, .phone = "414 555 0100"}, 1);
        import.add({.name_used = "Bo Lind", .born = 1970y / 1 / 1}, 2);
        import.finish();
    });
    EXPECT_EQ(like({.name_used = "Ana Ruiz", .born = 1980y / 3 / 5}).size(), 1u);
    EXPECT_EQ(like({.name_used = "Lind Bo", .born = 1970y / 1 / 1}).size(), 1u);
}

} // namespace
} // namespace peercert::storage
