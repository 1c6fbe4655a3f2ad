#include "storage/suite.hpp"

#include "storage/people_import.hpp"

namespace peercert::storage {
namespace {

using domain::NewPerson;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ImportedPeople : public BothDatabases {
protected:
    PersonId add(const NewPerson& person) {
        return change([&](UnitOfWork& work) { return work.people.add(person).id; });
    }
    std::vector<PersonId> alike(const NewPerson& person) {
        return look([&](UnitOfWork& work) { return work.people.alike(person); });
    }
    /// Stops at one name, as a full disk would at some row.
    void forbid(const std::string& name) {
        database().place().tamper(GetParam() == Backend::sqlite
                                      ? "create trigger full before insert on person when new.name = '" + name +
                                            "' begin select raise(abort, 'full'); end"
                                      : "alter table person add constraint full_disk check (name <> '" + name + "')");
    }
};
PEERCERT_BOTH_DATABASES(ImportedPeople);

/// What became of each row of an import: who was added, or whose duplicate it is (negative).
class ImportedRows {
public:
    explicit ImportedRows(UnitOfWork& work)
        : import(work, std::nullopt, [this](const PeopleImport::Told& row) {
              lines.push_back(row.line);
              people.push_back(row.duplicate_of ? -row.duplicate_of->value() : row.person.value());
          }) {}
    void add(const PeopleImport::Row& row) { import.add(row, ++line); }
    std::size_t line{0};
    std::vector<std::size_t> lines;
    std::vector<std::int64_t> people;
    PeopleImport import;
};

TEST_P(ImportedPeople, AreComparedWithEachOtherAndWithTheRecord) {
    const auto ana = add({.name_used = "Ana Ruiz", .born = 1980y / 2 / 3, .email = "ana@example.org"});
    const auto next_after = ana.value() + 1;
    store().write(by, [&](UnitOfWork& work) {
        ImportedRows rows(work);
        rows.add({.name_used = "ÁNA RUIZ", .born = 1980y / 2 / 3});
        rows.add({.name_used = "A. Ruiz", .born = 1980y / 2 / 3, .email = "Ana@Example.org"});
        rows.add({.name_used = "ana ruiz", .email = "ANA@example.org"});
        rows.add({.name_used = "Bo Lee",
                  .name_on_certificate = "Bo T. Lee",
                  .born = 1970y / 1 / 1,
                  .email = "lee@example.org",
                  .phone = "414 555 0100"});
        rows.add({.name_used = "bo t lee", .born = 1970y / 1 / 1});
        rows.add({.name_used = "B. L.", .born = 1970y / 1 / 1, .email = "LEE@example.org"});
        rows.add({.name_used = "Bo T Lee", .email = "lee@example.org"});
        EXPECT_EQ(refusal([&] { rows.add({.name_used = "Bo\nLee"}); }), ErrorCode::invalid_input);
        rows.add({.name_used = "Bo Lee", .born = 1970y / 1 / 2});
        rows.add({.name_used = "Mo Lee", .born = 1999y / 1 / 2, .email = "lee@example.org"});
        rows.import.finish();
        const std::int64_t bo = next_after;
        EXPECT_THAT(rows.people,
                    ElementsAre(-ana.value(), -ana.value(), -ana.value(), bo, -bo, -bo, -bo, bo + 1, bo + 2))
            << "another birthday is another person, and a family may share an address";
        EXPECT_THAT(rows.lines, ElementsAre(1, 2, 3, 4, 5, 6, 7, 9, 10)) << "told in the order of the file";
        EXPECT_EQ(rows.import.added(), 3);
    });
    EXPECT_EQ(look([](UnitOfWork& work) { return work.people.count(); }), 4);
    const auto next = add({.name_used = "Cy Ray"});
    EXPECT_EQ(next.value(), ana.value() + 4) << "an import takes no counter it does not need";
    look([&](UnitOfWork& work) {
        EXPECT_EQ(work.people.of(next).code, work.people.find(work.people.of(next).code)->code);
        EXPECT_TRUE(work.audit.verify().intact());
    });
    EXPECT_THAT(store().problems(true), IsEmpty());
}

TEST_P(ImportedPeople, AreRecognisedAsNamesakesWithoutBirthdayOrAddress) {
    const auto bo = add({.name_used = "Bo Lee"});
    const auto ana = add({.name_used = "Ana Ruiz", .born = 1980y / 2 / 3, .email = "ana@example.org"});
    constexpr std::int64_t in_doubt = 0;
    for (int run = 0; run < 2; ++run)
        store().write(by, [&](UnitOfWork& work) {
            ImportedRows rows(work);
            rows.add({.name_used = "BO LEE", .born = 1970y / 1 / 1, .email = "bo@example.org"});
            rows.add({.name_used = "Ana Ruiz"});
            rows.add({.name_used = "Ana Ruiz", .born = 1981y / 2 / 3});
            rows.add({.name_used = "Cy Ray", .phone = "414 555 0100"});
            rows.add({.name_used = "cy ray"});
            rows.add({.name_used = "Cy Ray", .phone = "414 555 0101"});
            rows.import.finish();
            const std::int64_t other = ana.value() + 1;
            if (run == 0)
                EXPECT_THAT(rows.people, ElementsAre(-bo.value(), in_doubt, other, other + 1, in_doubt, other + 2))
                    << "one without birthday or number may be either of the two with one";
            else
                EXPECT_THAT(rows.people,
                            ElementsAre(-bo.value(), in_doubt, -other, -(other + 1), in_doubt, -(other + 2)))
                    << "the same file again adds nobody";
        });
    EXPECT_THAT(store().problems(true), IsEmpty());
}

TEST_P(ImportedPeople, AreWhoAgreesMostAndInDoubtWhereSeveralDoOrTheBirthdayDiffers) {
    const auto one = add({.name_used = "Sam Hill", .born = 1990y / 5 / 17, .email = "one@example.org"});
    const auto two = add({.name_used = "Sam Hill", .born = 1990y / 5 / 17, .email = "two@example.org"});
    const auto maria = add({.name_used = "Maria Lopez", .born = 1990y / 2 / 2, .email = "maria@example.org"});
    const auto eli = add({.name_used = "Eli Roe", .phone = "414 555 0100"});
    const auto other = add({.name_used = "Eli Roe", .born = 1970y / 1 / 1});
    struct Seen {
        std::int64_t is;
        PeopleImport::Doubt doubt;
        std::vector<PersonId> perhaps;
        bool operator==(const Seen&) const = default;
    };
    using Doubt = PeopleImport::Doubt;
    std::vector<Seen> seen;
    store().write(by, [&](UnitOfWork& work) {
        seen.clear();
        PeopleImport import(work, std::nullopt, [&](const PeopleImport::Told& row) {
            seen.push_back(
                {row.duplicate_of ? -row.duplicate_of->value() : row.person.value(), row.doubt, row.perhaps});
        });
        std::size_t line = 1;
        for (const PeopleImport::Row& row : std::initializer_list<PeopleImport::Row>{
                 {.name_used = "Sam Hill", .born = 1990y / 5 / 17, .email = "TWO@example.org"},
                 {.name_used = "Sam Hill", .born = 1990y / 5 / 17},
                 {.name_used = "Sam Hill", .born = 1991y / 5 / 17, .email = "two@example.org"},
                 {.name_used = "maria lópez", .born = 1991y / 3 / 3, .email = "maria@example.org"},
                 {.name_used = "Maria Lopez", .email = "maria@example.org"},
                 {.name_used = "Maria Lopez", .born = 1990y / 2 / 2, .email = "new@example.org"},
                 {.name_used = "Eli Roe", .phone = "(414) 555-0100"},
                 {.name_used = "Eli Roe"},
                 {.name_used = "Gil Fox", .born = 1980y / 1 / 1, .email = "gil@example.org"},
                 {.name_used = "Gil Fox", .born = 1980y / 1 / 2, .email = "gil@example.org"}})
            import.add(row, ++line);
        import.finish();
        work.audit.append({.action = "test", .object = "test"});
    });
    const std::int64_t gil = other.value() + 1;
    EXPECT_THAT(seen, ElementsAre(Seen{-two.value(), Doubt::none, {}}, Seen{0, Doubt::several, {one, two}},
                                  Seen{0, Doubt::birthday, {two}}, Seen{0, Doubt::birthday, {maria}},
                                  Seen{-maria.value(), Doubt::none, {}}, Seen{-maria.value(), Doubt::none, {}},
                                  Seen{-eli.value(), Doubt::none, {}}, Seen{0, Doubt::several, {eli, other}},
                                  Seen{gil, Doubt::none, {}}, Seen{0, Doubt::birthday, {PersonId(gil)}}));
    EXPECT_THAT(store().problems(true), IsEmpty());
}

TEST_P(ImportedPeople, ADuplicateOfADuplicateIsJudgedByWhomItIsLike) {
    const auto ana = add({.name_used = "Ana Ruiz", .born = 1980y / 2 / 3, .email = "ana@example.org"});
    store().write(by, [&](UnitOfWork& work) {
        ImportedRows rows(work);
        rows.add({.name_used = "A. R.", .born = 1980y / 2 / 3, .email = "ana@example.org"}); // is Ana
        rows.add({.name_used = "A. R.", .born = 1980y / 2 / 3}); // like the row above, which was not kept, not like Ana
        rows.add({.name_used = "a r", .born = 1980y / 2 / 3});
        rows.import.finish();
        EXPECT_THAT(rows.people, ElementsAre(-ana.value(), ana.value() + 1, -(ana.value() + 1)));
    });
}

TEST_P(ImportedPeople, AreFoundTwiceAcrossManyBatches) {
    constexpr std::int64_t many = 40'000; // more than two batches
    const auto name = [](std::int64_t i) { return "Invented Person" + std::to_string(i); };
    const auto email = [](std::int64_t i) { return "person" + std::to_string(i) + "@example.org"; };
    store().write(by, [&](UnitOfWork& work) {
        ImportedRows rows(work);
        for (std::int64_t i = 0; i < many; ++i)
            rows.add({.name_used = name(i), .born = 1980y / 2 / 3, .email = email(i)});
        for (std::int64_t i = 0; i < many; i += 1000)
            rows.add({.name_used = name(i), .born = 1980y / 2 / 3});
        rows.import.finish();
        ASSERT_EQ(rows.people.size(), static_cast<std::size_t>(many + many / 1000));
        for (std::int64_t i = 0; i < many; ++i)
            ASSERT_EQ(rows.people[static_cast<std::size_t>(i)], i + 1);
        for (std::int64_t i = 0; i < many / 1000; ++i)
            EXPECT_EQ(rows.people[static_cast<std::size_t>(many + i)], -(1000 * i + 1));
    });
    EXPECT_THAT(store().problems(true), IsEmpty());
    EXPECT_THAT(alike({.name_used = "nobody", .born = 1980y / 2 / 3, .email = email(39'999)}),
                ElementsAre(PersonId(40'000)));
    const auto before = look([](UnitOfWork& work) { return work.people.count(); });
    store().write(by, [&](UnitOfWork& work) {
        ImportedRows rows(work);
        for (std::int64_t i = 0; i < many; ++i)
            rows.add({.name_used = name(i), .born = 1980y / 2 / 3, .email = email(i)});
        rows.import.finish();
        EXPECT_EQ(rows.import.added(), 0) << "a second run of the same file changes nothing";
    });
    EXPECT_EQ(look([](UnitOfWork& work) { return work.people.count(); }), before);
}

TEST_P(ImportedPeople, ManyWhoShareOneAddressAreKeptApart) {
    store().write(by, [&](UnitOfWork& work) {
        ImportedRows rows(work);
        for (int i = 0; i < 2000; ++i)
            rows.add({.name_used = "Child" + std::to_string(i), .email = "family@example.org"});
        rows.import.finish();
        EXPECT_EQ(rows.import.added(), 2000);
    });
    EXPECT_THAT(alike({.name_used = "child77", .email = "family@example.org"}), ElementsAre(PersonId(78)));
}

TEST_P(ImportedPeople, KeepTheirCodesApartFromThoseAddedMeanwhile) {
    store().write(by, [&](UnitOfWork& work) {
        std::vector<PersonId> between;
        PeopleImport import(work, std::nullopt, [&](const PeopleImport::Told& row) {
            if (row.line % 10'000 == 1)
                between.push_back(work.people.add({.name_used = "Helper " + std::to_string(row.line)}).id);
        });
        for (std::size_t i = 1; i <= 40'000; ++i) // some batches: what is told of one comes while the next is read
            import.add({.name_used = "Invented " + std::to_string(i), .born = 1980y / 2 / 3}, i);
        import.finish();
        const auto after = work.people.add({.name_used = "Ed Poe"});
        ASSERT_EQ(between.size(), 4U);
        EXPECT_GT(after.id, between.back());
        work.audit.append({.action = "test", .object = "test"});
    });
    EXPECT_EQ(look([](UnitOfWork& work) { return work.people.count(); }), 40'005);
    EXPECT_THAT(store().problems(true), IsEmpty());
    EXPECT_TRUE(look([](UnitOfWork& work) { return work.audit.verify().intact(); }));
}

TEST_P(ImportedPeople, AreNoneWhenARowCannotBeWritten) {
    add({.name_used = "Ana Ruiz"});
    forbid("Invented 17000"); // in the second batch, while the third is read
    EXPECT_THROW(store().write(by,
                               [&](UnitOfWork& work) {
                                   PeopleImport import(work);
                                   for (std::size_t i = 1; i <= 60'000; ++i)
                                       import.add({.name_used = "Invented " + std::to_string(i), .born = 1980y / 2 / 3},
                                                  i);
                                   import.finish();
                               }),
                 Error);
    EXPECT_EQ(look([](UnitOfWork& work) { return work.people.count(); }), 1);
}

TEST_P(ImportedPeople, AreNoneWhenItIsGivenUpWhileRowsAreWritten) {
    EXPECT_THROW(store().write(by,
                               [&](UnitOfWork& work) {
                                   PeopleImport import(work);
                                   for (std::size_t i = 1; i <= 17'000; ++i)
                                       import.add({.name_used = "Invented " + std::to_string(i)}, i);
                                   throw std::runtime_error("given up");
                               }),
                 std::runtime_error);
    EXPECT_EQ(look([](UnitOfWork& work) { return work.people.count(); }), 0);
    add({.name_used = "Ana Ruiz"});
    EXPECT_THAT(store().problems(true), IsEmpty());
}

} // namespace
} // namespace peercert::storage
