#include "storage/people.hpp"

#include <algorithm>

#include <soci/soci.h>

#include "domain/text.hpp"
#include "storage/detail/called.hpp"
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

void People::set_hidden(PersonId id, bool hidden) {
    (void)of(id);
    note_change(connection_, Unit::person, id.value());
    const long long key = id.value();
    const long long value = hidden ? 1 : 0;
    connection_.sql() << "update person set hidden = :hidden where id = :id", soci::use(value), soci::use(key);
    keep_answers_of_all(connection_, id);
}

} // namespace peercert::storage
