#include <soci/soci.h>

#include "domain/text.hpp"
#include "storage/detail/called.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/kept_answers.hpp"
#include "storage/detail/likeness.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/values.hpp"
#include "storage/people.hpp"

/// How people are called and reached, now and before.
namespace peercert::storage {

namespace {

using domain::ContactKind;
using domain::NameKind;

/// The present name used or contact, and since when.
struct Present {
    std::string value{}; ///< empty if there is none
    std::string first_day{};
};

Present present_in(Connection& connection, PersonId person, FixedSql query) {
    const long long id = person.value();
    Present present;
    connection.sql() << std::string(query.text()), soci::use(id), soci::into(present.value),
        soci::into(present.first_day);
    return present;
}

Present present_name(Connection& connection, PersonId person) {
    return present_in(connection, person, "select name, coalesce(name_from, from_day) from person where id = :id");
}

Present present_contact(Connection& connection, PersonId person, ContactKind kind) {
    if (kind == ContactKind::email)
        return present_in(connection, person,
                          "select coalesce(email, ''), coalesce(email_from, from_day) from person where id = :id");
    return present_in(connection, person,
                      "select coalesce(phone, ''), coalesce(phone_from, from_day) from person where id = :id");
}

std::string first_name_of(const std::vector<domain::PersonName>& names, std::initializer_list<NameKind> order) {
    for (const NameKind kind : order)
        for (const auto& name : names)
            if (name.kind == kind && !name.last_day)
                return name.full_name;
    throw Error(ErrorCode::not_found, "no such person");
}

} // namespace

std::vector<domain::PersonName> People::names(PersonId id) {
    const long long key = kept_of(connection_, id).value();
    std::string kind;
    std::string full_name;
    std::string first_day;
    std::string last_day;
    long long n = 0;
    std::vector<domain::PersonName> names;
    soci::statement statement =
        (connection_.sql().prepare << "select kind, full_name, first_day, coalesce(last_day, ''), n from person_name "
                                      "where person = :id union all select 'used', name, coalesce(name_from, "
                                      "from_day), '', 1000000 from person where id = :id order by 3, 1, 5",
         soci::use(key, "id"), soci::into(kind), soci::into(full_name), soci::into(first_day), soci::into(last_day),
         soci::into(n));
    statement.execute();
    while (statement.fetch())
        names.push_back(
            {word_of(domain::parse_name_kind(kind)), full_name, day_of(first_day), optional_day_of(last_day)});
    return names;
}

std::string People::name_used(PersonId id) {
    return first_name_of(names(id), {NameKind::used, NameKind::certificate, NameKind::legal});
}

std::string People::public_name(PersonId id) {
    return first_name_of(names(id), {NameKind::certificate, NameKind::used, NameKind::legal});
}

void People::change_name(PersonId of_whom, NameKind kind, std::string_view full_name, Date from) {
    const PersonId id = of(of_whom).kept;
    note_change(connection_, Unit::person, id.value());
    const long long key = id.value();
    const std::string word(to_text(kind));
    const std::string first_day = to_text(from);
    Present present = present_name(connection_, id);
    if (kind != NameKind::used)
        connection_.sql() << "select coalesce(max(first_day), '') from person_name where person = :id and kind = :kind",
            soci::use(key), soci::use(word), soci::into(present.first_day);
    if (present.first_day > first_day)
        throw Error(ErrorCode::invalid_input,
                    "the present name is recorded from " + present.first_day + "; the new one cannot begin before");
    // Also a name of one day was somebody's: it is kept, and was used on that day.
    const OptionalDay last_day(present.first_day == first_day ? from : add_days(from, -1));
    Recognition recognition(connection_, id);
    if (kind == NameKind::used) {
        const PresentName name(full_name);
        add_name(connection_, id, kind, present.value, present.first_day, last_day);
        connection_.sql() << "update person set name = :name, name_key = :key, name_from = :from where id = :id",
            soci::use(name.name), soci::use(name.key.value, name.key.state), soci::use(first_day), soci::use(key);
    } else {
        connection_.sql()
            << "update person_name set last_day = :day where person = :id and kind = :kind and last_day is null",
            soci::use(last_day.value), soci::use(key), soci::use(word);
        add_name(connection_, id, kind, full_name, first_day);
    }
    recognition.finish();
    keep_answers_of_all(connection_, id);
}

void People::end_name(PersonId of_whom, NameKind kind, Date last_day) {
    const PersonId id = of(of_whom).kept;
    if (kind == NameKind::used)
        throw Error(ErrorCode::invalid_input, "nobody is without a name; give the new one");
    const long long key = id.value();
    const std::string word(to_text(kind));
    const std::string day = to_text(last_day);
    std::string first_day;
    connection_.sql() << "select first_day from person_name where person = :id and kind = :kind and last_day is null",
        soci::use(key), soci::use(word), soci::into(first_day);
    if (!connection_.sql().got_data())
        throw Error(ErrorCode::not_found, "there is no such name to end");
    if (day < first_day)
        throw Error(ErrorCode::invalid_input, "the name is recorded from " + first_day + "; it cannot end before");
    note_change(connection_, Unit::person, key);
    Recognition recognition(connection_, id);
    connection_.sql()
        << "update person_name set last_day = :day where person = :id and kind = :kind and last_day is null",
        soci::use(day), soci::use(key), soci::use(word);
    recognition.finish();
    keep_answers_of_all(connection_, id);
}

std::vector<domain::PersonContact> People::contacts(PersonId id) {
    const long long key = kept_of(connection_, id).value();
    std::string kind;
    std::string value;
    std::string first_day;
    std::string last_day;
    long long n = 0;
    std::vector<domain::PersonContact> contacts;
    soci::statement statement =
        (connection_.sql().prepare
             << "select kind, value, first_day, coalesce(last_day, ''), n from person_contact where person = :id union "
                "all select 'email', email, coalesce(email_from, from_day), '', 1000000 from person where id = :id and "
                "email is not null union all select 'phone', phone, coalesce(phone_from, from_day), '', 1000000 from "
                "person where id = :id and phone is not null order by 3, 1, 5",
         soci::use(key, "id"), soci::into(kind), soci::into(value), soci::into(first_day), soci::into(last_day),
         soci::into(n));
    statement.execute();
    while (statement.fetch())
        contacts.push_back(
            {word_of(domain::parse_contact_kind(kind)), value, day_of(first_day), optional_day_of(last_day)});
    return contacts;
}

void People::change_contact(PersonId of_whom, ContactKind kind, std::string_view value, Date from) {
    const PersonId id = of(of_whom).kept;
    note_change(connection_, Unit::person, id.value());
    const long long key = id.value();
    const std::string word(to_text(kind));
    const std::string first_day = to_text(from);
    const std::string day_before = to_text(add_days(from, -1));
    const std::string present = clean_contact(kind, value);
    const Present before = present_contact(connection_, id, kind);
    Recognition recognition(connection_, id);
    // A contact that would have lasted no day was a typing error, and nobody needs to keep it.
    connection_.sql() << "delete from person_contact where person = :id and kind = :kind and first_day >= :first",
        soci::use(key), soci::use(word), soci::use(first_day);
    if (!before.value.empty() && before.first_day < first_day)
        connection_.sql()
            << "insert into person_contact (person, kind, n, value, first_day, last_day) values (:id, :kind, (select "
               "coalesce(max(n), 0) + 1 from person_contact where person = :id and kind = :kind), :value, :first, "
               ":last)",
            soci::use(key, "id"), soci::use(word, "kind"), soci::use(before.value, "value"),
            soci::use(before.first_day, "first"), soci::use(day_before, "last");
    connection_.sql() << (kind == ContactKind::email
                              ? "update person set email = :value, email_from = :from where id = :id"
                              : "update person set phone = :value, phone_from = :from where id = :id"),
        soci::use(present), soci::use(first_day), soci::use(key);
    recognition.finish();
}

} // namespace peercert::storage
