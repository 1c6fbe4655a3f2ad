#include "storage/suite.hpp"

namespace peercert::storage {
namespace {

using domain::NameKind;
using domain::NewPerson;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PeopleStore : public BothDatabases {
protected:
    PersonId add(const NewPerson& person) {
        return change([&](UnitOfWork& work) { return work.people.add(person).id; });
    }
    std::vector<PersonId> alike(const NewPerson& person) {
        return look([&](UnitOfWork& work) { return work.people.alike(person); });
    }
};
PEERCERT_BOTH_DATABASES(PeopleStore);

TEST_P(PeopleStore, GivesBackWhatWasAdded) {
    const auto added = change([](UnitOfWork& work) {
        return work.people.add({.name_used = " José  Núñez ",
                                .name_on_certificate = "J. Núñez",
                                .born = 1980y / 2 / 29,
                                .email = "Jose@Example.org",
                                .phone = "+1 414 555 0100"});
    });
    look([&](UnitOfWork& work) {
        const auto found = work.people.find(added.code);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->id, added.id);
        EXPECT_EQ(found->born, Date{1980y / 2 / 29});
        EXPECT_EQ(found->created_at, morning());
        EXPECT_FALSE(found->departed_on);
        EXPECT_FALSE(found->hidden);
        EXPECT_EQ(work.people.name_used(added.id), "José Núñez");
        EXPECT_EQ(work.people.public_name(added.id), "J. Núñez");
        EXPECT_EQ(work.people.contacts(added.id).at(0).value, "jose@example.org");
    });
}

TEST_P(PeopleStore, KnowsNobodyByAWrongCode) {
    const auto added = change([](UnitOfWork& work) { return work.people.add({.name_used = "Ana Ruiz"}); });
    look([&](UnitOfWork& work) {
        EXPECT_FALSE(work.people.find(domain::PersonCode(added.code.value() ^ 1U)));
        EXPECT_FALSE(work.people.find(PersonId(99)));
        EXPECT_EQ(refusal([&] { (void)work.people.of(PersonId(99)); }), ErrorCode::not_found);
        EXPECT_EQ(refusal([&] { (void)work.people.public_name(PersonId(99)); }), ErrorCode::not_found);
    });
}

TEST_P(PeopleStore, FindsPeopleAlikeByNameAndBirthdayOrByEmail) {
    const auto ana = add({.name_used = "Ána Ruiz", .born = 1980y / 2 / 3, .email = "ana@example.org"});
    EXPECT_THAT(alike({.name_used = "ana  RUIZ", .born = 1980y / 2 / 3}), ElementsAre(ana));
    EXPECT_THAT(alike({.name_used = "Ana Ruiz", .born = 1980y / 2 / 4}), IsEmpty());
    EXPECT_THAT(alike({.name_used = "Ana Ruiz"}), ElementsAre(ana)) << "nothing tells them apart";
    EXPECT_THAT(alike({.name_used = "Ana Ruiz", .email = "other@example.org"}), IsEmpty()) << "the address does";
    EXPECT_THAT(alike({.name_used = "Ana Ruiz", .born = 1980y / 2 / 4, .email = "other@example.org"}), IsEmpty());
    EXPECT_THAT(alike({.name_used = "Somebody Else", .email = "ANA@example.org"}), IsEmpty())
        << "a family may share one address";
    EXPECT_THAT(alike({.name_used = "ANA RUIZ", .email = "ANA@example.org"}), ElementsAre(ana));
    EXPECT_THAT(alike({.name_used = "A. R.", .born = 1980y / 2 / 3, .email = "ana@example.org"}), ElementsAre(ana));
    EXPECT_THAT(alike({.name_used = "A. R.", .born = 1980y / 2 / 4, .email = "ana@example.org"}), IsEmpty());
    const auto twin = add({.name_used = "Ana Ruiz", .born = 1980y / 2 / 3});
    EXPECT_THAT(alike({.name_used = "Ana Ruiz", .born = 1980y / 2 / 3, .email = "ana@example.org"}),
                ElementsAre(ana, twin));
}

TEST_P(PeopleStore, ANamesakeIsAnotherPersonOnlyWhenSomethingKnownOfBothDiffers) {
    const auto bo = add({.name_used = "Bo Lee", .phone = "414 555 0100"});
    EXPECT_THAT(alike({.name_used = "BO LEE", .born = 1980y / 2 / 3, .email = "bo@example.org"}), ElementsAre(bo));
    EXPECT_THAT(alike({.name_used = "Bo Lee", .phone = "414-555-0100"}), ElementsAre(bo));
    EXPECT_THAT(alike({.name_used = "Bo Lee", .phone = "414 555 0101"}), IsEmpty());
    EXPECT_THAT(alike({.name_used = "Bo Leen"}), IsEmpty());
}

TEST_P(PeopleStore, SearchesBeginningsOfWords) {
    const auto ana = add({.name_used = "Ana Ruiz"});
    const auto jose = add({.name_used = "José Anaya"});
    add({.name_used = "Roxana Doe"});
    const auto ids = [&](std::string_view words, std::size_t limit) {
        std::vector<PersonId> found;
        for (const auto& person : look([&](UnitOfWork& work) { return work.people.search(words, limit); }))
            found.push_back(person.id);
        return found;
    };
    EXPECT_THAT(ids("ana", 10), ElementsAre(ana, jose));
    EXPECT_THAT(ids("ana", 1), ElementsAre(ana));
    EXPECT_THAT(ids("JOSE an", 10), ElementsAre(jose));
    EXPECT_THAT(ids("%", 10), IsEmpty());
}

TEST_P(PeopleStore, KeepsEarlierNamesAndShowsThePresentOne) {
    const auto id = add({.name_used = "Ana Ruiz"});
    change([&](UnitOfWork& work) { work.people.change_name(id, NameKind::used, "Ana Gold", 2026y / 5 / 1); });
    look([&](UnitOfWork& work) {
        const auto names = work.people.names(id);
        ASSERT_EQ(names.size(), 2U);
        EXPECT_EQ(names[0].full_name, "Ana Ruiz");
        EXPECT_EQ(names[0].last_day, Date{2026y / 4 / 30});
        EXPECT_EQ(work.people.public_name(id), "Ana Gold");
    });
    EXPECT_EQ(refusal([&] {
                  change([&](UnitOfWork& work) { work.people.change_name(id, NameKind::used, "Ana", 2026y / 4 / 30); });
              }),
              ErrorCode::invalid_input);
    change([&](UnitOfWork& work) { work.people.change_name(id, NameKind::used, "Ana Golde", 2026y / 5 / 1); });
    look([&](UnitOfWork& work) {
        const auto names = work.people.names(id);
        ASSERT_EQ(names.size(), 3U) << "a name of one day was somebody's too";
        EXPECT_EQ(names[1].full_name, "Ana Gold");
        EXPECT_EQ(names[1].first_day, Date{2026y / 5 / 1});
        EXPECT_EQ(names[1].last_day, Date{2026y / 5 / 1});
        EXPECT_EQ(work.people.public_name(id), "Ana Golde");
    });
    for (const char* legal : {"Ana R. Ruiz", "Ana Rosa Ruiz", "Ana Rosa Ruíz"})
        change([&](UnitOfWork& work) { work.people.change_name(id, NameKind::legal, legal, 2026y / 5 / 2); });
    look([&](UnitOfWork& work) {
        const auto names = work.people.names(id);
        ASSERT_EQ(names.size(), 6U);
        EXPECT_EQ(names[3].full_name, "Ana R. Ruiz");
        EXPECT_EQ(names[3].last_day, Date{2026y / 5 / 2});
        EXPECT_EQ(names[4].full_name, "Ana Rosa Ruiz");
        EXPECT_EQ(names[5].full_name, "Ana Rosa Ruíz");
        EXPECT_FALSE(names[5].last_day);
        EXPECT_EQ(work.people.public_name(id), "Ana Golde");
    });
    EXPECT_THAT(alike({.name_used = "Ana Gold", .email = "x@example.org"}), IsEmpty());
}

TEST_P(PeopleStore, SaysWhatWasKnownOfADepartureWhen) {
    const auto id = add({.name_used = "Ana Ruiz"});
    const auto at = [](const char* instant) { return domain::parse_instant(instant).value(); };
    const auto set = [&](const char* instant, std::optional<Date> day) {
        store().write({"host:test", at(instant)}, [&](UnitOfWork& work) {
            work.people.set_departed(id, day);
            work.audit.append({.action = "test.departed", .object = "test"});
        });
    };
    set("2026-06-02T10:00:00Z", 2026y / 6 / 1);
    set("2026-06-03T10:00:00Z", 2026y / 5 / 1);
    set("2026-06-04T10:00:00Z", std::nullopt);
    look([&](UnitOfWork& work) {
        const auto known = [&](const char* instant) { return work.people.departed_as_known(id, at(instant)); };
        EXPECT_FALSE(known("2026-06-02T09:59:59Z"));
        EXPECT_EQ(known("2026-06-02T10:00:00Z"), Date{2026y / 6 / 1});
        EXPECT_EQ(known("2026-06-03T09:59:59Z"), Date{2026y / 6 / 1});
        EXPECT_EQ(known("2026-06-03T10:00:00Z"), Date{2026y / 5 / 1});
        EXPECT_FALSE(known("2026-06-04T10:00:00Z"));
        EXPECT_FALSE(work.people.of(id).departed_on);
        EXPECT_TRUE(work.audit.verify().intact());
    });
    EXPECT_FALSE(database().place().accepts("update former_departure set departed_on = null"));
    EXPECT_FALSE(database().place().accepts("delete from former_departure"));
}

TEST_P(PeopleStore, RemembersDepartureHidingAndContacts) {
    const auto id = add({.name_used = "Ana Ruiz", .email = "ana@example.org"});
    change([&](UnitOfWork& work) {
        work.people.set_departed(id, 2026y / 6 / 1);
        work.people.set_hidden(id, true);
        work.people.set_born(id, 1990y / 1 / 1);
        work.people.change_contact(id, domain::ContactKind::email, "new@example.org", 2026y / 5 / 1);
    });
    look([&](UnitOfWork& work) {
        const auto person = work.people.of(id);
        EXPECT_EQ(person.departed_on, Date{2026y / 6 / 1});
        EXPECT_TRUE(person.hidden);
        EXPECT_EQ(person.born, Date{1990y / 1 / 1});
        const auto contacts = work.people.contacts(id);
        ASSERT_EQ(contacts.size(), 2U);
        EXPECT_EQ(contacts[0].last_day, Date{2026y / 4 / 30});
        EXPECT_EQ(contacts[1].value, "new@example.org");
    });
}

TEST_P(PeopleStore, RefusesTextThatWouldLieAndStoresNothing) {
    const auto nul = std::string("Ana\0Ruiz", 8);
    EXPECT_EQ(refusal([&] { add({.name_used = nul}); }), ErrorCode::invalid_input);
    EXPECT_EQ(refusal([&] { add({.name_used = "Ana", .email = "nowhere"}); }), ErrorCode::invalid_input);
    EXPECT_EQ(look([](UnitOfWork& work) { return work.people.count(); }), 0);
}

TEST_P(PeopleStore, ListsPageByPage) {
    for (int i = 0; i < 5; ++i)
        somebody("Person " + std::string(1, static_cast<char>('A' + i)));
    look([](UnitOfWork& work) {
        const auto first = work.people.list(PersonId{}, 3);
        ASSERT_EQ(first.size(), 3U);
        EXPECT_EQ(work.people.list(first.back().id, 3).size(), 2U);
        EXPECT_EQ(work.people.count(), 5);
    });
}

TEST_P(PeopleStore, WhoeverChangesIsRecognisedByTheNewAndByWhatWasBefore) {
    const auto id = add({.name_used = "Ana Ruiz", .born = 1980y / 2 / 3, .email = "ana@example.org"});
    change([&](UnitOfWork& work) {
        work.people.change_name(id, NameKind::used, "Ana Gold", 2026y / 5 / 1);
        work.people.change_contact(id, domain::ContactKind::email, "gold@example.org", 2026y / 5 / 1);
    });
    EXPECT_THAT(alike({.name_used = "Ana Ruiz", .born = 1980y / 2 / 3}), ElementsAre(id));
    EXPECT_THAT(alike({.name_used = "Ana Gold", .born = 1980y / 2 / 3}), ElementsAre(id));
    EXPECT_THAT(alike({.name_used = "Ana Gold", .email = "ana@example.org"}), ElementsAre(id));
    EXPECT_THAT(alike({.name_used = "Ana Ruiz", .email = "gold@example.org"}), ElementsAre(id));
    change([&](UnitOfWork& work) {
        work.people.set_born(id, 1981y / 2 / 3);
        work.people.change_name(id, NameKind::used, "Ana Golde", 2026y / 5 / 1);
    });
    EXPECT_THAT(alike({.name_used = "Ana Ruiz", .born = 1980y / 2 / 3}), IsEmpty()) << "a wrong birthday is none";
    EXPECT_THAT(alike({.name_used = "Ana Ruiz", .born = 1981y / 2 / 3}), ElementsAre(id));
    EXPECT_THAT(alike({.name_used = "Ana Gold", .born = 1981y / 2 / 3}), ElementsAre(id))
        << "also a name of one day was theirs";
    EXPECT_THAT(store().problems(true), IsEmpty());
}

TEST_P(PeopleStore, TheDoctorNoticesWhenSomebodyWouldNotBeRecognised) {
    const auto id = add({.name_used = "Ana Ruiz", .born = 1980y / 2 / 3});
    EXPECT_THAT(store().problems(true), IsEmpty());
    database().place().tamper("update person set name = 'Ana Gold' where id = " + std::to_string(id.value()));
    EXPECT_THAT(store().problems(true), ElementsAre(::testing::HasSubstr("person 1 ")));
    database().place().tamper("update person set name = 'Ana Ruiz', born = null where id = 1");
    EXPECT_THAT(store().problems(true), ElementsAre(::testing::HasSubstr("1 matches, 0 belong there")));
}

TEST_P(PeopleStore, ANameAndContactsOfOneDayFollowEachOther) {
    const auto id = add({.name_used = "Ana Ruiz", .email = "ana@example.org", .phone = "414 555 0100"});
    change([&](UnitOfWork& work) {
        work.people.change_name(id, NameKind::certificate, "A. Ruiz", 2026y / 4 / 1);
        work.people.change_name(id, NameKind::certificate, "A. Gold", 2026y / 6 / 1);
        work.people.change_contact(id, domain::ContactKind::phone, "414 555 0101", 2026y / 4 / 1);
        work.people.change_contact(id, domain::ContactKind::phone, "414 555 0102", 2026y / 6 / 1);
        work.people.change_contact(id, domain::ContactKind::phone, "414 555 0103", 2026y / 5 / 1);
    });
    look([&](UnitOfWork& work) {
        std::string names;
        for (const auto& name : work.people.names(id))
            names += name.full_name + " " + to_text(name.first_day) + ".." +
                     (name.last_day ? to_text(*name.last_day) : std::string{}) + ";";
        EXPECT_EQ(names, "Ana Ruiz 2026-03-02..;A. Ruiz 2026-04-01..2026-05-31;A. Gold 2026-06-01..;");
        std::string contacts;
        for (const auto& contact : work.people.contacts(id))
            contacts += contact.value + " " + to_text(contact.first_day) + ".." +
                        (contact.last_day ? to_text(*contact.last_day) : std::string{}) + ";";
        EXPECT_EQ(contacts, "ana@example.org 2026-03-02..;414 555 0100 2026-03-02..2026-03-31;"
                            "414 555 0101 2026-04-01..2026-05-31;414 555 0103 2026-05-01..;");
    });
}

} // namespace
} // namespace peercert::storage
