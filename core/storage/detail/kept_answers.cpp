#include "storage/detail/kept_answers.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "storage/detail/fast_text.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/detail/timeline.hpp"
#include "storage/detail/use_of.hpp"

namespace peercert::storage {

namespace {

// The first column is the credential, by which all three are sorted; a credential's own first row also says its issuer.
const std::string heads_query =
    // fixed text: columns and joins from person_group.hpp
    "select credential.id, coalesce(issuer, 0), credential.person, number, track, credential.created_at, " +
    joined_sql(holder_departed, ", ", holder_hidden) +
    joined_sql(", coalesce((select full_name from person_name where person_name.person = holder.id and kind = "
               "'certificate' and last_day is null), holder.name), coalesce(",
               holder_consent, ", -1) from credential ") +
    std::string(holder_join.text());
constexpr FixedSql terms_query = "select credential, n, first_day, coalesce(last_day, ''), level, title, public_title, "
                                 "zone, timeline, recorded_at, place, shown_to, coalesce(shown_until, ''), "
                                 "eligibility from term ";
constexpr FixedSql events_query =
    "select credential, n, kind, effective_day, recorded_at, actor, condition, level from credential_event ";

constexpr int head_columns = 10;
constexpr int term_columns = 14;
constexpr int event_columns = 8;

constexpr std::int64_t none = INT64_MAX;

void append_column(std::string& text, std::string_view column) {
    text += '\t';
    if (column.find_first_of("\t\n\\") == std::string_view::npos) {
        text += column;
        return;
    }
    for (const char c : column) {
        if (c == '\t' || c == '\n' || c == '\\') {
            text += '\\';
            text += c == '\t' ? 't' : c == '\n' ? 'n' : '\\';
        } else {
            text += c;
        }
    }
}

/// Lines from one query by credential, one row ahead.
template <class Rows>
class Lines {
public:
    Lines(Rows& rows, char kind, int first_column, int columns)
        : rows_(rows), kind_(kind), first_column_(first_column), columns_(columns) {
        advance();
    }
    std::int64_t credential() const { return credential_; }
    Rows& row() { return rows_; }
    void append(std::int64_t credential, std::string& text) {
        for (; credential_ == credential; advance()) {
            text += kind_;
            for (int column = first_column_; column < columns_; ++column)
                append_column(text, rows_.text(column));
            text += '\n';
        }
    }

private:
    void advance() { credential_ = rows_.next() ? rows_.integer(0) : none; }

    Rows& rows_;
    char kind_;
    int first_column_;
    int columns_;
    std::int64_t credential_{none};
};

/// What is to be kept, one credential after the other.
template <class Rows>
class Answers {
public:
    Answers(Rows& heads, Rows& terms, Rows& events)
        : heads_(heads, 'c', 2, head_columns), terms_(terms, 't', 1, term_columns),
          events_(events, 'e', 1, event_columns) {}
    bool next() {
        credential = heads_.credential();
        if (credential == none)
            return false;
        issuer = heads_.row().integer(1);
        text.clear();
        heads_.append(credential, text);
        terms_.append(credential, text);
        events_.append(credential, text);
        return true;
    }
    std::int64_t credential{none};
    std::int64_t issuer{0};
    std::string text;

private:
    Lines<Rows> heads_;
    Lines<Rows> terms_;
    Lines<Rows> events_;
};

template <class Statement>
struct Keeping final : KeptStatement {
    explicit Keeping(Connection& connection)
        // fixed text: heads_query is a constant of this file
        : heads(connection, heads_query + "where credential.id = $1"),
          terms(connection, joined_sql(terms_query, "where credential = $1 order by n")),
          events(connection, joined_sql(events_query, "where credential = $1 order by n")),
          of_person(connection, "select id from credential where person = $1 order by id"),
          write(connection, "insert into verification (credential, issuer, answer) values ($1, $2, $3) on conflict "
                            "(credential) do update set issuer = excluded.issuer, answer = excluded.answer") {}
    Statement heads;
    Statement terms;
    Statement events;
    Statement of_person;
    Statement write;
};

template <class Statement, class Rows>
void put(Statement& write, const Answers<Rows>& answers) {
    write.bind(0, answers.credential);
    if (answers.issuer == 0)
        write.bind_null(1);
    else
        write.bind(1, answers.issuer);
    write.bind(2, std::string_view(answers.text));
    write.run();
}

template <class Statement>
void keep_one(Keeping<Statement>& kept, std::int64_t credential) {
    for (Statement* statement : {&kept.heads, &kept.terms, &kept.events})
        statement->bind(0, credential);
    const UseOf heads(kept.heads);
    const UseOf terms(kept.terms);
    const UseOf events(kept.events);
    Answers answers(kept.heads, kept.terms, kept.events);
    if (answers.next())
        put(kept.write, answers);
}

template <class Statement>
void keep_of_person(Keeping<Statement>& kept, std::int64_t person) {
    std::vector<std::int64_t> credentials;
    {
        const UseOf use(kept.of_person);
        kept.of_person.bind(0, person);
        while (kept.of_person.next())
            credentials.push_back(kept.of_person.integer(0));
    }
    for (const std::int64_t credential : credentials)
        keep_one(kept, credential);
}

/// `each(answers)` for every credential, in order; stops when it says so.
template <class Rows, class Fn, class... Argument>
void walk(Connection& connection, Fn&& each, Argument... argument) {
    // fixed text: heads_query is a constant of this file
    Rows heads(connection, heads_query + "order by credential.id", argument...);
    Rows terms(connection, joined_sql(terms_query, "order by credential, n"), argument...);
    Rows events(connection, joined_sql(events_query, "order by credential, n"), argument...);
    Answers answers(heads, terms, events);
    while (answers.next() && each(answers)) {
    }
}

template <class Rows, class Statement, class... Argument>
void keep_all(Connection& connection, Argument... argument) {
    connection.run("delete from verification");
    auto& kept = connection.kept<Keeping<Statement>>();
    walk<Rows>(
        connection,
        [&](const auto& answers) {
            put(kept.write, answers);
            return true;
        },
        argument...);
}

template <class Rows, class... Argument>
std::string problem_of(Connection& connection, Argument... argument) {
    Rows kept(connection,
              std::string("select credential, coalesce(issuer, 0), answer from verification order by credential"),
              argument...);
    const auto wrong = [](std::int64_t credential, const char* what) {
        return "what verification says of credential " + std::to_string(credential) + " " + what +
               "; peercert db derive works it out anew";
    };
    std::string problem;
    walk<Rows>(
        connection,
        [&](const auto& answers) {
            if (!kept.next() || kept.integer(0) != answers.credential)
                problem = wrong(answers.credential, "is missing, or another one is too many");
            else if (kept.integer(1) != answers.issuer || kept.text(2) != answers.text)
                problem = wrong(answers.credential, "is not what is recorded");
            return problem.empty();
        },
        argument...);
    if (problem.empty() && kept.next())
        problem = wrong(kept.integer(0), "is about a credential that is not recorded");
    return problem;
}

/// The columns of a kept text, one after the other.
class Columns {
public:
    explicit Columns(std::string_view text) : rest_(text) {}
    bool more() const { return !rest_.empty(); }
    /// What kind of line begins here.
    char line() {
        const char kind = rest_.front();
        rest_.remove_prefix(1);
        return kind;
    }
    std::string_view next() {
        if (rest_.empty() || rest_.front() != '\t')
            damaged("kept answer");
        const std::size_t end = rest_.find_first_of("\t\n", 1);
        if (end == std::string_view::npos)
            damaged("kept answer");
        const std::string_view column = rest_.substr(1, end - 1);
        rest_.remove_prefix(end);
        return column.find('\\') == std::string_view::npos ? column : restored(column);
    }
    void end_line() {
        if (rest_.empty() || rest_.front() != '\n')
            damaged("kept answer");
        rest_.remove_prefix(1);
    }
    std::int64_t integer() {
        const std::string_view digits = next();
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc{} || end != digits.data() + digits.size())
            damaged("kept answer");
        return value;
    }

private:
    std::string_view restored(std::string_view column) {
        restored_.clear();
        for (std::size_t i = 0; i < column.size(); ++i) {
            if (column[i] == '\\' && i + 1 < column.size()) {
                ++i;
                restored_ += column[i] == 't' ? '\t' : column[i] == 'n' ? '\n' : column[i];
            } else {
                restored_ += column[i];
            }
        }
        return restored_;
    }

    std::string_view rest_;
    std::string restored_; ///< the last column that had something written differently
};

void read_term(Columns& columns, std::vector<domain::Term>& terms) {
    domain::Term& term = terms.emplace_back();
    term.n = static_cast<int>(columns.integer());
    term.first_day = quick_day(columns.next());
    term.last_day = quick_optional_day(columns.next());
    term.level = columns.next();
    term.title = columns.next();
    term.public_title = columns.next();
    term.zone = columns.next();
    if (const auto timeline = columns.next(); !timeline.empty())
        term.timeline = timeline_of(timeline);
    term.recorded_at = instant_of(columns.next());
    if (const auto place = columns.next(); !place.empty())
        term.place = word_of(domain::parse_term_place(place));
    if (const auto access = columns.next(); !access.empty())
        term.shown_to = word_of(domain::parse_register_access(access));
    term.shown_until = quick_optional_day(columns.next());
    term.ends_with_eligibility = !columns.next().empty();
}

void read_event(Columns& columns, std::vector<domain::CredentialEvent>& events) {
    domain::CredentialEvent& event = events.emplace_back();
    event.n = static_cast<int>(columns.integer());
    event.kind = word_of(domain::parse_credential_event_kind(columns.next()));
    event.effective_day = quick_day(columns.next());
    event.recorded_at = instant_of(columns.next());
    event.actor = columns.next();
    event.condition = columns.next();
    event.level = columns.next();
}

/// False if the text is about another number.
bool read_answer(std::string_view text, domain::CredentialNumber number, VerificationRecord& found) {
    Columns columns(text);
    domain::CredentialRecord& record = found.record;
    if (!columns.more() || columns.line() != 'c')
        damaged("kept answer");
    record.credential.person = PersonId(columns.integer());
    if (columns.next() != number.str())
        return false;
    record.credential.number = number;
    const std::string_view track = columns.next(); // none of these three is ever written differently
    const std::string_view created_at = columns.next();
    const std::string_view departed_on = columns.next();
    record.hidden = columns.integer() != 0;
    if (record.hidden)
        return true; // nothing more is read, so that it takes about as long as a number that nothing has
    record.credential.track = track;
    record.credential.created_at = instant_of(created_at);
    record.departed_on = quick_optional_day(departed_on);
    found.holder = columns.next();
    if (const auto consent = columns.integer(); consent >= 0)
        record.consent = consent != 0;
    columns.end_line();
    while (columns.more()) {
        switch (columns.line()) {
        case 't': read_term(columns, record.terms); break;
        case 'e': read_event(columns, record.events); break;
        default: damaged("kept answer");
        }
        columns.end_line();
    }
    return true;
}

// The counter behind a number is the key of its row, so no index on the number stands between.
constexpr std::string_view lookup_query =
    "select answer, coalesce(issuer, 0), coalesce(organization.name, '') from verification left join organization on "
    "organization.id = verification.issuer where credential = $1";

template <class Statement>
struct Lookup final : KeptStatement {
    explicit Lookup(Connection& connection) : row(connection, lookup_query) {}
    Statement row;
};

template <class Statement>
std::optional<VerificationRecord> look_up(Connection& connection, std::int64_t id, domain::CredentialNumber number) {
    Statement& row = connection.kept<Lookup<Statement>>().row;
    const UseOf use(row);
    row.bind(0, id);
    if (!row.next())
        return std::nullopt;
    std::optional<VerificationRecord> found(std::in_place);
    found->record.credential.id = CredentialId(id);
    if (!read_answer(row.text(0), number, *found))
        return std::nullopt;
    if (found->record.hidden)
        return found;
    found->record.credential.issuer = OrganizationId(row.integer(1));
    found->issuer = row.text(2);
    return found;
}

constexpr int chunk = 5000;

} // namespace

std::optional<VerificationRecord> kept_answer(Connection& connection, const domain::Installation& installation,
                                              domain::CredentialNumber number) {
    const std::int64_t id = domain::CodeBook(installation.number_key).counter(number);
    return connection.backend() == Backend::postgresql ? look_up<PostgresStatement>(connection, id, number)
                                                       : look_up<SqliteStatement>(connection, id, number);
}

void keep_answer(Connection& connection, CredentialId credential) {
    if (connection.backend() == Backend::postgresql)
        keep_one(connection.kept<Keeping<PostgresStatement>>(), credential.value());
    else
        keep_one(connection.kept<Keeping<SqliteStatement>>(), credential.value());
}

void keep_answers_of(Connection& connection, PersonId person) {
    if (connection.backend() == Backend::postgresql)
        keep_of_person(connection.kept<Keeping<PostgresStatement>>(), person.value());
    else
        keep_of_person(connection.kept<Keeping<SqliteStatement>>(), person.value());
}

void keep_all_answers(Connection& connection) {
    if (connection.backend() == Backend::postgresql)
        keep_all<PostgresCursor, PostgresStatement>(connection, chunk);
    else
        keep_all<SqliteStatement, SqliteStatement>(connection);
}

std::string answers_problem(Connection& connection) {
    return connection.backend() == Backend::postgresql ? problem_of<PostgresCursor>(connection, chunk)
                                                       : problem_of<SqliteStatement>(connection);
}

} // namespace peercert::storage
