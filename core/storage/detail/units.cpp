#include "storage/detail/units.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <peercert/error.hpp>

#include "storage/detail/connection.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/detail/use_of.hpp"

namespace peercert::storage {

namespace {

int count_of(std::string_view columns) { return static_cast<int>(std::count(columns.begin(), columns.end(), ',')) + 1; }

template <class Statement>
class UnitStatements {
public:
    UnitStatements(Connection& connection, const UnitLayout& layout) : layout_(layout) {
        const std::string own(layout.table.text());
        head_ = std::make_unique<Statement>(connection,
                                            joined_sql("select audit, mark from ", layout.table, " where id = $1"));
        for (const UnitPart& part : layout.parts) {
            std::string query = joined_sql("select ", part.columns, " from ");
            query += joined_sql(part.from, " where ", layout.table);
            parts_.push_back(std::make_unique<Statement>(connection, query + ".id = $1"));
        }
        update_ = std::make_unique<Statement>(
            connection, joined_sql("update ", layout.table, " set audit = $1, mark = $2 where id = $3"));
    }

    /// The number of the audit row that vouches for it; 0 if none does; nothing if there is no such row.
    std::optional<std::int64_t> audit(std::int64_t id) {
        const UseOf use(*head_);
        head_->bind(0, id);
        return head_->next() ? std::optional(head_->integer(0)) : std::nullopt;
    }
    RowText text(std::int64_t id) {
        UnitText unit(layout_.table.text(), id);
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            Statement& part = *parts_[i];
            const UseOf use(part);
            part.bind(0, id);
            while (part.next()) {
                RowText line(layout_.parts[i].table.text());
                for (int column = 0; column < count_of(layout_.parts[i].columns.text()); ++column)
                    line.add(part.text(column));
                unit.add(line);
            }
        }
        return unit.text();
    }
    void set(std::int64_t id, std::int64_t audit, std::int64_t mark) {
        const UseOf use(*update_);
        update_->bind(0, audit);
        update_->bind(1, mark);
        update_->bind(2, id);
        update_->run();
    }

private:
    const UnitLayout& layout_;
    std::unique_ptr<Statement> head_;
    std::vector<std::unique_ptr<Statement>> parts_;
    std::unique_ptr<Statement> update_;
};

/// The statements of one session, made when they are first needed.
template <class Statement>
struct Kept final : KeptStatement {
    explicit Kept(Connection& of_session)
        : connection(of_session),
          replace(of_session,
                  "insert into replaced_state (audit, n, unit, id, was, digest) values ($1, $2, $3, $4, $5, "
                  "$6)"),
          units(unit_layouts().size()) {}
    UnitStatements<Statement>& of(Unit unit) {
        auto& slot = units[static_cast<std::size_t>(unit)];
        if (!slot)
            slot = std::make_unique<UnitStatements<Statement>>(connection, layout_of(unit));
        return *slot;
    }
    Connection& connection;
    Statement replace;
    std::vector<std::unique_ptr<UnitStatements<Statement>>> units;
};

template <class Statement>
std::optional<Connection::FormerState> state_now(Connection& connection, Unit unit, std::int64_t id) {
    auto& statements = connection.kept<Kept<Statement>>().of(unit);
    const auto audit = statements.audit(id);
    if (!audit || *audit == 0)
        return std::nullopt;
    return Connection::FormerState{*audit, keyed_hash(connection.installation().audit_salt, statements.text(id))};
}

template <class Statement>
void vouch(Connection& connection) {
    auto& kept = connection.kept<Kept<Statement>>();
    const std::int64_t seq = connection.next_audit();
    std::int64_t n = 0;
    for (const auto& [what, former] : connection.noted()) {
        const auto& [unit, id] = what;
        const std::string_view name = layout_of(unit).table.text();
        if (former) {
            const std::string digest = to_hex(former->digest);
            kept.replace.bind(0, seq);
            kept.replace.bind(1, ++n);
            kept.replace.bind(2, name);
            kept.replace.bind(3, id);
            kept.replace.bind(4, former->audit);
            kept.replace.bind(5, std::string_view(digest));
            kept.replace.run();
            RowText row("replaced_state");
            row.add(n).add(name).add(id).add(former->audit).add(digest);
            connection.added(row);
        }
        auto& statements = kept.of(unit);
        if (!statements.audit(id))
            continue; // it was removed in due form
        statements.set(id, seq, mark_of(connection.added(statements.text(id))));
    }
}

constexpr std::int64_t units_at_once = 10'000;

template <class Statement>
void note_unvouched(Connection& connection, const std::function<void(std::int64_t)>& vouch) {
    std::int64_t noted = 0;
    for (const UnitLayout& layout : unit_layouts()) {
        Statement rows(connection, joined_sql("select id from ", layout.table,
                                              " where audit = 0 and id > $1 order by id limit $2"));
        std::int64_t last = 0;
        for (bool more = true; more;) {
            {
                const UseOf use(rows);
                rows.bind(0, last);
                rows.bind(1, units_at_once - noted);
                while (rows.next()) {
                    last = rows.integer(0);
                    note_new(connection, layout.unit, last);
                    ++noted;
                }
            }
            more = noted == units_at_once; // else the table came to its end
            if (more)
                vouch(std::exchange(noted, 0));
        }
    }
    if (noted > 0)
        vouch(noted);
}

} // namespace

const std::vector<UnitLayout>& unit_layouts() {
    static const std::vector<UnitLayout> layouts{
        {Unit::installation,
         "installation",
         {{"installation", "kind, demo_clock, number_key, audit_salt, created_at, issuing_paused", "installation"}},
         "its kind, clock, keys or whether issuing is paused"},
        {Unit::person,
         "person",
         {{"person",
           "code, born, created_at, departed_on, hidden, name, name_key, from_day, name_from, email, email_from, "
           "phone, "
           "phone_from, salt",
           "person"},
          {"person_name", "kind, n, full_name, search_key, first_day, last_day",
           "person_name join person on person.id = person_name.person"},
          {"person_contact", "kind, n, value, first_day, last_day",
           "person_contact join person on person.id = person_contact.person"},
          {"former_birthday", "n, former_birthday.born, recorded_at, former_birthday.audit",
           "former_birthday join person on person.id = former_birthday.person"},
          {"former_departure", "n, former_departure.departed_on, recorded_at, former_departure.audit",
           "former_departure join person on person.id = former_departure.person"},
          {"membership", "organization, role, first_day, last_day",
           "membership join person on person.id = membership.person"}},
         "birthday, departure, names, contacts or roles"},
        {Unit::organization, "organization", {{"organization", "code, name, kind, county", "organization"}}, "its row"},
        {Unit::cohort,
         "cohort",
         {{"cohort", "code, curriculum, edition, course, format, organization, title, county", "cohort"}},
         "its row"},
        {Unit::session,
         "session",
         {{"session", "cohort, number, held_on, minutes, unit", "session"},
          {"session_leader", "person, role", "session_leader join session on session.id = session_leader.session"}},
         "day, length or who leads it"},
        {Unit::enrolment, "enrolment", {{"enrolment", "cohort, person", "enrolment"}}, "its row"}};
    return layouts;
}

const UnitLayout& layout_of(Unit unit) { return unit_layouts()[static_cast<std::size_t>(unit)]; }

RowText UnitText::text() {
    std::sort(lines_.begin(), lines_.end());
    RowText text(unit_);
    text.add(id_);
    for (const std::string& line : lines_)
        text.add(line);
    return text;
}

std::int64_t mark_of(const Hash& digest) {
    std::uint64_t mark = 0;
    for (std::size_t i = 0; i < sizeof mark; ++i)
        mark = (mark << 8U) | digest[i];
    return static_cast<std::int64_t>(mark);
}

void note_change(Connection& connection, Unit unit, std::int64_t id) {
    connection.changing();
    if (connection.noted().count({unit, id}) != 0)
        return;
    const auto former = connection.backend() == Backend::postgresql ? state_now<PostgresStatement>(connection, unit, id)
                                                                    : state_now<SqliteStatement>(connection, unit, id);
    connection.noted().emplace(std::pair(unit, id), former);
}

void note_new(Connection& connection, Unit unit, std::int64_t id) {
    connection.changing();
    connection.noted().emplace(std::pair(unit, id), std::nullopt);
}

void vouch_for_noted(Connection& connection) {
    if (connection.noted().empty())
        return;
    if (connection.backend() == Backend::postgresql)
        vouch<PostgresStatement>(connection);
    else
        vouch<SqliteStatement>(connection);
    connection.noted().clear();
}

void note_all_unvouched(Connection& connection, const std::function<void(std::int64_t count)>& vouch) {
    if (connection.backend() == Backend::postgresql)
        note_unvouched<PostgresStatement>(connection, vouch);
    else
        note_unvouched<SqliteStatement>(connection, vouch);
}

} // namespace peercert::storage
