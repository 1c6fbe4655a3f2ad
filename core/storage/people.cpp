#include "storage/people.hpp"

#include <algorithm>

#include <soci/soci.h>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/values.hpp"
#include "storage/numbers.hpp"

namespace peercert::storage {

namespace {

using domain::ContactKind;
using domain::NameKind;
using domain::Person;

/// The columns of a person and where they go; `rest` is what follows "from person".
class PersonRows {
public:
    template <class... Bound>
    PersonRows(Connection& connection, FixedSql rest, const Bound&... bound) : statement_(connection.sql()) {
        (statement_.exchange(soci::use(bound)), ...);
        statement_.exchange(soci::into(id_));
        statement_.exchange(soci::into(code_));
        statement_.exchange(soci::into(born_));
        statement_.exchange(soci::into(created_at_));
        statement_.exchange(soci::into(departed_on_));
        statement_.exchange(soci::into(hidden_));
        statement_.alloc();
        statement_.prepare(joined_sql("select person.id, person.code, coalesce(person.born, ''), person.created_at, "
                                      "coalesce(person.departed_on, ''), person.hidden from person ",
                                      rest));
        statement_.define_and_bind();
        statement_.execute();
    }

    std::optional<Person> next() {
        if (!statement_.fetch())
            return std::nullopt;
        const auto code = domain::PersonCode::parse(code_);
        if (!code)
            damaged("person's code");
        return Person{
            PersonId(id_), *code, optional_day_of(born_), instant_of(created_at_), optional_day_of(departed_on_),
            hidden_ != 0};
    }

    std::vector<Person> all() {
        std::vector<Person> people;
        while (auto person = next())
            people.push_back(*person);
        return people;
    }

private:
    long long id_{0};
    std::string code_;
    std::string born_;
    std::string created_at_;
    std::string departed_on_;
    long long hidden_{0};
    soci::statement statement_;
};

std::string clean_name(std::string_view text) { return domain::clean_text(text, domain::person_name_rule); }

std::string clean_contact(ContactKind kind, std::string_view value) {
    return kind == ContactKind::email ? domain::clean_email(value) : domain::clean_text(value, domain::contact_rule);
}

void add_name(Connection& connection, PersonId person, NameKind kind, std::string_view text,
              const std::string& first_day) {
    const long long id = person.value();
    const std::string word(to_text(kind));
    const std::string name = clean_name(text);
    const std::string key = domain::search_key(name);
    connection.sql()
        << "insert into person_name (person, kind, n, full_name, search_key, first_day) values (:id, :kind, (select "
           "coalesce(max(n), 0) + 1 from person_name where person = :id and kind = :kind), :name, :key, :first)",
        soci::use(id, "id"), soci::use(word, "kind"), soci::use(name, "name"), soci::use(key, "key"),
        soci::use(first_day, "first");
}

void add_contact(Connection& connection, PersonId person, ContactKind kind, std::string_view text,
                 const std::string& first_day) {
    const long long id = person.value();
    const std::string word(to_text(kind));
    const std::string value = clean_contact(kind, text);
    connection.sql()
        << "insert into person_contact (person, kind, n, value, first_day) values (:id, :kind, (select "
           "coalesce(max(n), 0) + 1 from person_contact where person = :id and kind = :kind), :value, :first)",
        soci::use(id, "id"), soci::use(word, "kind"), soci::use(value, "value"), soci::use(first_day, "first");
}

std::string first_name_of(const std::vector<domain::PersonName>& names, std::initializer_list<NameKind> order) {
    for (const NameKind kind : order)
        for (const auto& name : names)
            if (name.kind == kind && !name.last_day)
                return name.full_name;
    throw Error(ErrorCode::not_found, "no such person");
}

} // namespace

Person People::add(const domain::NewPerson& person) {
    connection_.changing();
    Person added;
    const std::int64_t counter = Numbers(connection_).take_people(1);
    added.id = PersonId(counter);
    added.code = domain::CodeBook(connection_.installation().number_key).person(counter);
    added.born = person.born;
    added.created_at = connection_.now();
    const long long id = counter;
    const std::string code = added.code.str();
    const OptionalDay born(person.born);
    const std::string& now = connection_.now_text();
    const long long salt = random_salt();
    connection_.sql()
        << "insert into person (id, code, born, created_at, salt) values (:id, :code, :born, :now, :salt)",
        soci::use(id), soci::use(code), soci::use(born.value, born.state), soci::use(now), soci::use(salt);
    note_new(connection_, Unit::person, id);
    const std::string today = person.from ? to_text(*person.from) : now.substr(0, 10);
    add_name(connection_, added.id, NameKind::used, person.name_used, today);
    if (person.name_on_certificate)
        add_name(connection_, added.id, NameKind::certificate, *person.name_on_certificate, today);
    if (person.legal_name)
        add_name(connection_, added.id, NameKind::legal, *person.legal_name, today);
    if (person.email)
        add_contact(connection_, added.id, ContactKind::email, *person.email, today);
    if (person.phone)
        add_contact(connection_, added.id, ContactKind::phone, *person.phone, today);
    return added;
}

std::optional<Person> People::find(PersonId id) {
    const long long key = id.value();
    return PersonRows(connection_, "where id = :id", key).next();
}

std::optional<Person> People::find(domain::PersonCode code) {
    auto person = find(PersonId(domain::CodeBook(connection_.installation().number_key).counter(code)));
    return person && person->code == code ? person : std::nullopt;
}

Person People::of(PersonId id) {
    if (auto person = find(id))
        return *person;
    throw Error(ErrorCode::not_found, "no such person");
}

std::vector<PersonId> People::alike(const domain::NewPerson& person) {
    std::vector<PersonId> found;
    const auto note = [&found](long long id) { found.push_back(PersonId(id)); };
    long long id = 0;
    if (person.born) {
        for (const auto* name : {&person.name_used, person.name_on_certificate ? &*person.name_on_certificate : nullptr,
                                 person.legal_name ? &*person.legal_name : nullptr}) {
            if (name == nullptr)
                continue;
            const std::string key = domain::search_key(clean_name(*name));
            const std::string born = to_text(*person.born);
            soci::statement statement =
                (connection_.sql().prepare << "select distinct person.id from person_name join person on person.id = "
                                              "person_name.person where search_key = :key and born = :born",
                 soci::use(key), soci::use(born), soci::into(id));
            statement.execute();
            while (statement.fetch())
                note(id);
        }
    }
    if (person.email) {
        const std::string email = domain::clean_email(*person.email);
        const std::string born = person.born ? to_text(*person.born) : "";
        const std::string key = domain::search_key(clean_name(person.name_used));
        soci::statement statement = // a family may share one address
            (
                connection_.sql().prepare
                    << "select distinct c.person from person_contact c join person p on p.id = c.person "
                       "where c.kind = 'email' and c.value = :email and (p.born = :born or exists "
                       "(select 1 from person_name n where n.person = c.person and n.search_key = :key))",
                soci::use(email, "email"), soci::use(born, "born"), soci::use(key, "key"), soci::into(id));
        statement.execute();
        while (statement.fetch())
            note(id);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::vector<Person> People::search(std::string_view words, std::size_t limit) {
    // A search key holds neither % nor _, so nothing needs escaping.
    const std::string key = domain::search_key(domain::clean_text(words, domain::person_name_rule));
    const std::string beginning = key + "%";
    const std::string within = "% " + key + "%";
    const long long most = static_cast<long long>(limit);
    if (key.empty())
        return {};
    return PersonRows(
               connection_,
               "where id in (select person from person_name where last_day is null and (search_key like :beginning "
               "or search_key like :within)) order by (select min(search_key) from person_name where person = "
               "person.id and last_day is null), id limit :most",
               beginning, within, most)
        .all();
}

std::vector<Person> People::list(PersonId after, std::size_t limit) {
    const long long from = after.value();
    const long long most = static_cast<long long>(limit);
    return PersonRows(connection_, "where id > :from order by id limit :most", from, most).all();
}

std::int64_t People::count() {
    long long count = 0;
    connection_.sql() << "select count(*) from person", soci::into(count);
    return count;
}

std::vector<domain::PersonName> People::names(PersonId id) {
    const long long key = id.value();
    std::string kind;
    std::string full_name;
    std::string first_day;
    std::string last_day;
    std::vector<domain::PersonName> names;
    soci::statement statement =
        (connection_.sql().prepare << "select kind, full_name, first_day, coalesce(last_day, '') from "
                                      "person_name where person = :id order by first_day, kind, n",
         soci::use(key), soci::into(kind), soci::into(full_name), soci::into(first_day), soci::into(last_day));
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

void People::change_name(PersonId id, NameKind kind, std::string_view full_name, Date from) {
    (void)of(id);
    note_change(connection_, Unit::person, id.value());
    const long long key = id.value();
    const std::string word(to_text(kind));
    const std::string first_day = to_text(from);
    const std::string day_before = to_text(add_days(from, -1));
    std::string present;
    connection_.sql() << "select coalesce(max(first_day), '') from person_name where person = :id and kind = :kind",
        soci::use(key), soci::use(word), soci::into(present);
    if (present > first_day)
        throw Error(ErrorCode::invalid_input,
                    "the present name is recorded from " + present + "; the new one cannot begin before");
    if (present == first_day) {
        const std::string name = clean_name(full_name);
        const std::string search = domain::search_key(name);
        connection_.sql()
            << "update person_name set full_name = :name, search_key = :search where person = :id and kind = "
               ":kind and last_day is null",
            soci::use(name), soci::use(search), soci::use(key), soci::use(word);
        return;
    }
    connection_.sql()
        << "update person_name set last_day = :day where person = :id and kind = :kind and last_day is null",
        soci::use(day_before), soci::use(key), soci::use(word);
    add_name(connection_, id, kind, full_name, first_day);
}

std::vector<domain::PersonContact> People::contacts(PersonId id) {
    const long long key = id.value();
    std::string kind;
    std::string value;
    std::string first_day;
    std::string last_day;
    std::vector<domain::PersonContact> contacts;
    soci::statement statement =
        (connection_.sql().prepare << "select kind, value, first_day, coalesce(last_day, '') from "
                                      "person_contact where person = :id order by first_day, kind, n",
         soci::use(key), soci::into(kind), soci::into(value), soci::into(first_day), soci::into(last_day));
    statement.execute();
    while (statement.fetch())
        contacts.push_back(
            {word_of(domain::parse_contact_kind(kind)), value, day_of(first_day), optional_day_of(last_day)});
    return contacts;
}

void People::change_contact(PersonId id, ContactKind kind, std::string_view value, Date from) {
    (void)of(id);
    note_change(connection_, Unit::person, id.value());
    const long long key = id.value();
    const std::string word(to_text(kind));
    const std::string first_day = to_text(from);
    const std::string day_before = to_text(add_days(from, -1));
    // A contact that would have lasted no day was a typing error, and nobody needs to keep it.
    connection_.sql() << "delete from person_contact where person = :id and kind = :kind and first_day >= :first",
        soci::use(key), soci::use(word), soci::use(first_day);
    connection_.sql()
        << "update person_contact set last_day = :day where person = :id and kind = :kind and last_day is null",
        soci::use(day_before), soci::use(key), soci::use(word);
    add_contact(connection_, id, kind, value, first_day);
}

void People::set_departed(PersonId id, std::optional<Date> day) {
    (void)of(id);
    note_change(connection_, Unit::person, id.value());
    const long long key = id.value();
    const OptionalDay departed(day);
    connection_.sql() << "update person set departed_on = :day where id = :id",
        soci::use(departed.value, departed.state), soci::use(key);
}

void People::set_hidden(PersonId id, bool hidden) {
    (void)of(id);
    note_change(connection_, Unit::person, id.value());
    const long long key = id.value();
    const long long value = hidden ? 1 : 0;
    connection_.sql() << "update person set hidden = :hidden where id = :id", soci::use(value), soci::use(key);
}

void People::set_born(PersonId id, std::optional<Date> born) {
    (void)of(id);
    note_change(connection_, Unit::person, id.value());
    const long long key = id.value();
    const OptionalDay day(born);
    connection_.sql() << "update person set born = :born where id = :id", soci::use(day.value, day.state),
        soci::use(key);
}

} // namespace peercert::storage
