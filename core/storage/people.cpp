#include "storage/people.hpp"

#include <algorithm>

#include <soci/soci.h>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/kept_answers.hpp"
#include "storage/detail/likeness.hpp"
#include "storage/detail/namesakes.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/values.hpp"
#include "storage/numbers.hpp"

namespace peercert::storage {

namespace {

using domain::ContactKind;
using domain::NameKind;
using domain::Person;
using domain::PersonCode;

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
        statement_.exchange(soci::into(kept_));
        statement_.alloc();
        statement_.prepare(joined_sql("select person.id, person.code, coalesce(person.born, ''), person.created_at, "
                                      "coalesce(person.departed_on, ''), person.hidden, coalesce(person_group.kept, 0) "
                                      "from person left join person_group on person_group.person = person.id ",
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
        return Person{PersonId(id_),
                      *code,
                      optional_day_of(born_),
                      instant_of(created_at_),
                      optional_day_of(departed_on_),
                      hidden_ != 0,
                      PersonId(kept_ == 0 ? id_ : kept_),
                      {}};
    }

    /// Whether the row given last is one of several of one human.
    bool is_grouped() const { return kept_ != 0; }

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
    long long kept_{0};
    soci::statement statement_;
};

/// The very row, whoever it is read together with.
std::optional<Person> row_of(Connection& connection, PersonId id, bool& grouped) {
    const long long key = id.value();
    PersonRows rows(connection, "where person.id = :id", key);
    auto person = rows.next();
    grouped = person && rows.is_grouped();
    return person;
}

/// The human that a row is one of the records of: who was kept speaks for them, but whoever is gone or opted out under
/// any of their records is.
Person as_one_human(Connection& connection, Person row) {
    std::optional<PersonCode> own = row.code;
    for (const PersonId member : group_of(connection, row.id)) {
        bool grouped = false;
        const auto one = row_of(connection, member, grouped);
        if (!one)
            damaged("group of people");
        if (member == row.kept) {
            row.code = one->code;
            row.born = one->born;
            row.created_at = one->created_at;
        }
        if (!row.born)
            row.born = one->born;
        if (one->departed_on && (!row.departed_on || *one->departed_on < *row.departed_on))
            row.departed_on = one->departed_on;
        row.hidden = row.hidden || one->hidden;
    }
    if (row.id != row.kept)
        row.merged = own;
    return row;
}

/// Verification speaks of a human, under whichever of their records the credential stands.
void keep_answers_of_all(Connection& connection, PersonId person) {
    for (const PersonId one : group_of(connection, person))
        keep_answers_of(connection, one);
}

std::string clean_name(std::string_view text) { return domain::clean_text(text, domain::person_name_rule); }

std::string clean_contact(ContactKind kind, std::string_view value) {
    return kind == ContactKind::email ? domain::clean_email(value) : domain::clean_text(value, domain::contact_rule);
}

/// A name as it stands in the person's row: the search key only where it is not the name in lower case anyway.
struct PresentName {
    explicit PresentName(std::string_view text) : name(clean_name(text)), key(key_beside(name)) {}
    static std::string key_beside(const std::string& name) {
        std::string key = domain::search_key(name);
        return domain::is_lower_case_of(key, name) ? std::string{} : key;
    }
    std::string name;
    OptionalText key;
};

/// A name beside the one in the person's row: on certificates, in law, or used before.
void add_name(Connection& connection, PersonId person, NameKind kind, std::string_view text,
              const std::string& first_day, const OptionalDay& last_day = {}) {
    const long long id = person.value();
    const std::string word(to_text(kind));
    const std::string name = clean_name(text);
    const std::string key = domain::search_key(name);
    connection.sql()
        << "insert into person_name (person, kind, n, full_name, search_key, first_day, last_day) values (:id, :kind, "
           "(select coalesce(max(n), 0) + 1 from person_name where person = :id and kind = :kind), :name, :key, "
           ":first, :last)",
        soci::use(id, "id"), soci::use(word, "kind"), soci::use(name, "name"), soci::use(key, "key"),
        soci::use(first_day, "first"), soci::use(last_day.value, last_day.state, "last");
}

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

Person People::add(const domain::NewPerson& person) {
    connection_.changing();
    Person added;
    const std::int64_t counter = Numbers(connection_).take_people(1);
    added.id = added.kept = PersonId(counter);
    added.code = domain::CodeBook(connection_.installation().number_key).person(counter);
    added.born = person.born;
    added.created_at = connection_.now();
    const long long id = counter;
    const std::string code = added.code.str();
    const OptionalDay born(person.born);
    const std::string& now = connection_.now_text();
    const long long salt = random_salt();
    const std::string today = person.from ? to_text(*person.from) : now.substr(0, 10);
    const PresentName name(person.name_used);
    const OptionalText email(person.email ? clean_contact(ContactKind::email, *person.email) : std::string{});
    const OptionalText phone(person.phone ? clean_contact(ContactKind::phone, *person.phone) : std::string{});
    connection_.sql() << "insert into person (id, code, born, created_at, name, name_key, from_day, email, phone, "
                         "salt) values (:id, :code, :born, :now, :name, :key, :from, :email, :phone, :salt)",
        soci::use(id), soci::use(code), soci::use(born.value, born.state), soci::use(now), soci::use(name.name),
        soci::use(name.key.value, name.key.state), soci::use(today), soci::use(email.value, email.state),
        soci::use(phone.value, phone.state), soci::use(salt);
    note_new(connection_, Unit::person, id);
    if (person.name_on_certificate)
        add_name(connection_, added.id, NameKind::certificate, *person.name_on_certificate, today);
    if (person.legal_name)
        add_name(connection_, added.id, NameKind::legal, *person.legal_name, today);
    recognise(connection_, added.id);
    return added;
}

std::optional<Person> People::find(PersonId id) {
    bool grouped = false;
    auto person = row_of(connection_, id, grouped);
    return grouped ? as_one_human(connection_, *person) : person;
}

std::optional<Person> People::find(domain::PersonCode code) {
    auto person = find(PersonId(domain::CodeBook(connection_.installation().number_key).counter(code)));
    return person && person->merged.value_or(person->code) == code ? person : std::nullopt;
}

Person People::of(PersonId id) {
    if (auto person = find(id))
        return *person;
    throw Error(ErrorCode::not_found, "no such person");
}

std::vector<PersonId> People::alike(const domain::NewPerson& person) {
    Likeness wanted;
    wanted.name_keys.push_back(domain::search_key(clean_name(person.name_used)));
    for (const auto* name : {&person.name_on_certificate, &person.legal_name})
        if (*name)
            wanted.name_keys.push_back(domain::search_key(clean_name(**name)));
    if (person.born)
        wanted.born = to_text(*person.born);
    if (person.email)
        wanted.emails.push_back(domain::clean_email(*person.email));
    std::vector<PersonId> found = people_alike(connection_, wanted);
    const std::string email = wanted.emails.empty() ? std::string{} : wanted.emails.front();
    const std::string phone = person.phone ? domain::clean_phone(*person.phone) : std::string{};
    const Details details{wanted.born, email, phone};
    each_named(connection_, wanted.name_keys.front(), details.complete(),
               [&](std::int64_t id, std::string_view, const Details& other) {
                   if (may_be_one(details, other))
                       found.emplace_back(id);
               });
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
    std::vector<Person> found;
    for (Person& person :
         PersonRows(
             connection_,
             "where coalesce(name_key, lower(name)) like :beginning or coalesce(name_key, lower(name)) like :within "
             "or "
             "id in (select person from person_name where last_day is null and (search_key like :beginning_too or "
             "search_key like :within_too)) order by coalesce(name_key, lower(name)), id limit :most",
             beginning, within, beginning, within, most)
             .all()) {
        const PersonId kept = person.kept;
        if (std::any_of(found.begin(), found.end(), [&](const Person& one) { return one.kept == kept; }))
            continue; // found under another of their records
        found.push_back(person.id == kept ? std::move(person) : of(kept));
    }
    return found;
}

std::vector<Person> People::list(PersonId after, std::size_t limit) {
    const long long from = after.value();
    const long long most = static_cast<long long>(limit);
    return PersonRows(connection_,
                      "where id > :from and (person_group.kept is null or person_group.kept = id) order by id limit "
                      ":most",
                      from, most)
        .all();
}

std::int64_t People::count() {
    long long count = 0;
    connection_.sql() << "select (select count(*) from person) - (select count(*) from person_group where person <> "
                         "kept)",
        soci::into(count);
    return count;
}

PersonId People::last() {
    long long id = 0;
    connection_.sql() << "select coalesce(max(id), 0) from person", soci::into(id);
    return PersonId(id);
}

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
    const OptionalDay day_before(add_days(from, -1));
    Present present = present_name(connection_, id);
    if (kind != NameKind::used)
        connection_.sql() << "select coalesce(max(first_day), '') from person_name where person = :id and kind = :kind",
            soci::use(key), soci::use(word), soci::into(present.first_day);
    if (present.first_day > first_day)
        throw Error(ErrorCode::invalid_input,
                    "the present name is recorded from " + present.first_day + "; the new one cannot begin before");
    Recognition recognition(connection_, id);
    if (kind == NameKind::used) {
        const PresentName name(full_name);
        if (present.first_day != first_day)
            add_name(connection_, id, kind, present.value, present.first_day, day_before);
        connection_.sql() << "update person set name = :name, name_key = :key, name_from = :from where id = :id",
            soci::use(name.name), soci::use(name.key.value, name.key.state), soci::use(first_day), soci::use(key);
    } else if (present.first_day == first_day) {
        const std::string name = clean_name(full_name);
        const std::string search = domain::search_key(name);
        connection_.sql()
            << "update person_name set full_name = :name, search_key = :search where person = :id and kind = "
               ":kind and last_day is null",
            soci::use(name), soci::use(search), soci::use(key), soci::use(word);
    } else {
        connection_.sql()
            << "update person_name set last_day = :day where person = :id and kind = :kind and last_day is null",
            soci::use(day_before.value), soci::use(key), soci::use(word);
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

void People::set_departed(PersonId id, std::optional<Date> day) {
    (void)of(id);
    note_change(connection_, Unit::person, id.value());
    const long long key = id.value();
    const OptionalDay departed(day);
    connection_.sql() << "update person set departed_on = :day where id = :id",
        soci::use(departed.value, departed.state), soci::use(key);
    keep_answers_of_all(connection_, id);
}

void People::set_hidden(PersonId id, bool hidden) {
    (void)of(id);
    note_change(connection_, Unit::person, id.value());
    const long long key = id.value();
    const long long value = hidden ? 1 : 0;
    connection_.sql() << "update person set hidden = :hidden where id = :id", soci::use(value), soci::use(key);
    keep_answers_of_all(connection_, id);
}

} // namespace peercert::storage
