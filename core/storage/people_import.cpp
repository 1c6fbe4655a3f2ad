#include "storage/people_import.hpp"

#include "domain/text.hpp"
#include "storage/detail/fast_text.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/detail/use_of.hpp"
#include "storage/unit_of_work.hpp"

namespace peercert::storage {

namespace {

struct Cleaned {
    std::string name;
    std::string key;
    std::string certificate;
    std::string certificate_key;
    std::string born;
    std::string email;
    std::string phone;
};

Cleaned clean(const PeopleImport::Row& row) {
    Cleaned cleaned;
    cleaned.name = domain::clean_text(row.name_used, domain::person_name_rule);
    cleaned.key = domain::search_key(cleaned.name);
    if (!row.name_on_certificate.empty()) {
        cleaned.certificate = domain::clean_text(row.name_on_certificate, domain::person_name_rule);
        cleaned.certificate_key = domain::search_key(cleaned.certificate);
    }
    if (row.born)
        cleaned.born = to_text(*row.born);
    if (!row.email.empty())
        cleaned.email = domain::clean_email(row.email);
    if (!row.phone.empty())
        cleaned.phone = domain::clean_phone(row.phone);
    return cleaned;
}

/// The person as the audit chain will read it back.
RowText unit_text(std::int64_t id, std::string_view code, const Cleaned& row, std::string_view now,
                  std::string_view today, std::int64_t salt) {
    UnitText unit("person", id);
    RowText person("person");
    unit.add(person.add(code).add(row.born).add(now).add("").add("0").add(salt));
    const auto add_name = [&](std::string_view kind, std::string_view name, std::string_view key) {
        RowText line("person_name");
        unit.add(line.add(kind).add("1").add(name).add(key).add(today).add(""));
    };
    const auto add_contact = [&](std::string_view kind, std::string_view value) {
        RowText line("person_contact");
        unit.add(line.add(kind).add("1").add(value).add(today).add(""));
    };
    if (!row.certificate.empty())
        add_name("certificate", row.certificate, row.certificate_key);
    add_name("used", row.name, row.key);
    if (!row.email.empty())
        add_contact("email", row.email);
    if (!row.phone.empty())
        add_contact("phone", row.phone);
    return unit.text();
}

/// Random numbers, fetched many at a time: the system's source costs more than all else in a row.
class Salts {
public:
    std::int64_t next() {
        if (left_ == 0) {
            salts_ = random_salts();
            left_ = salts_.size();
        }
        return salts_[--left_];
    }

private:
    decltype(random_salts()) salts_{};
    std::size_t left_{0};
};

/// The statements of an import, prepared once.
class Statements {
public:
    virtual ~Statements() = default;
    virtual std::optional<PersonId> alike(const Cleaned& row) = 0;
    /// `audit`, `mark` and `salt` as units.hpp says.
    struct Vouched {
        std::int64_t audit;
        std::int64_t mark;
        std::int64_t salt;
    };
    virtual void add(std::int64_t id, const std::string& code, const Cleaned& row, std::string_view now,
                     std::string_view today, const Vouched& vouched) = 0;
};

template <class Statement>
class StatementsOf final : public Statements {
public:
    explicit StatementsOf(Connection& connection)
        : by_name_(connection, "select person.id from person_name join person on person.id = person_name.person where "
                               "search_key = $1 and born = $2 order by person.id limit 1"),
          by_email_(
              connection,
              "select c.person from person_contact c join person p on p.id = c.person where c.kind = 'email' and "
              "c.value = $1 and (p.born = $2 or exists (select 1 from person_name n where n.person = c.person and "
              "n.search_key = $3)) order by c.person limit 1"),
          add_person_(
              connection,
              "insert into person (id, code, born, created_at, audit, mark, salt) values ($1, $2, $3, $4, $5, $6, $7)"),
          add_name_(connection,
                    "insert into person_name (person, kind, n, full_name, search_key, first_day) values ($1, $2, 1, "
                    "$3, $4, $5)"),
          add_contact_(connection,
                       "insert into person_contact (person, kind, n, value, first_day) values ($1, $2, 1, $3, $4)") {}

    std::optional<PersonId> alike(const Cleaned& row) override {
        if (!row.born.empty()) {
            if (auto found = same_name(row.key, row.born))
                return found;
            if (!row.certificate_key.empty() && row.certificate_key != row.key)
                if (auto found = same_name(row.certificate_key, row.born))
                    return found;
        }
        if (row.email.empty())
            return std::nullopt;
        const UseOf use(by_email_);
        by_email_.bind(0, std::string_view(row.email)); // a family may share one address
        by_email_.bind(1, std::string_view(row.born));
        by_email_.bind(2, std::string_view(row.key));
        return by_email_.next() ? std::optional(PersonId(by_email_.integer(0))) : std::nullopt;
    }

    void add(std::int64_t id, const std::string& code, const Cleaned& row, std::string_view now, std::string_view today,
             const Vouched& vouched) override {
        add_person_.bind(0, id);
        add_person_.bind(1, std::string_view(code));
        if (row.born.empty())
            add_person_.bind_null(2);
        else
            add_person_.bind(2, std::string_view(row.born));
        add_person_.bind(3, now);
        add_person_.bind(4, vouched.audit);
        add_person_.bind(5, vouched.mark);
        add_person_.bind(6, vouched.salt);
        add_person_.run();
        if (!row.certificate.empty())
            add_name(id, "certificate", row.certificate, row.certificate_key, today);
        add_name(id, "used", row.name, row.key, today);
        if (!row.email.empty())
            add_contact(id, "email", row.email, today);
        if (!row.phone.empty())
            add_contact(id, "phone", row.phone, today);
    }

private:
    std::optional<PersonId> same_name(const std::string& key, const std::string& born) {
        const UseOf use(by_name_);
        by_name_.bind(0, std::string_view(key));
        by_name_.bind(1, std::string_view(born));
        return by_name_.next() ? std::optional(PersonId(by_name_.integer(0))) : std::nullopt;
    }

    void add_name(std::int64_t id, std::string_view kind, const std::string& name, const std::string& key,
                  std::string_view today) {
        add_name_.bind(0, id);
        add_name_.bind(1, kind);
        add_name_.bind(2, std::string_view(name));
        add_name_.bind(3, std::string_view(key));
        add_name_.bind(4, today);
        add_name_.run();
    }

    void add_contact(std::int64_t id, std::string_view kind, const std::string& value, std::string_view today) {
        add_contact_.bind(0, id);
        add_contact_.bind(1, kind);
        add_contact_.bind(2, std::string_view(value));
        add_contact_.bind(3, today);
        add_contact_.run();
    }

    Statement by_name_;
    Statement by_email_;
    Statement add_person_;
    Statement add_name_;
    Statement add_contact_;
};

} // namespace

struct PeopleImport::Parts {
    explicit Parts(UnitOfWork& unit, Connection& unit_connection)
        : work(unit), connection(unit_connection), codes(connection.installation().number_key) {
        if (connection.backend() == Backend::postgresql)
            statements = std::make_unique<StatementsOf<PostgresStatement>>(connection);
        else
            statements = std::make_unique<StatementsOf<SqliteStatement>>(connection);
    }
    UnitOfWork& work;
    Connection& connection;
    domain::CodeBook codes;
    Salts salts;
    std::unique_ptr<Statements> statements;
    std::int64_t first{0};
    std::int64_t next{0};
    std::int64_t reserved_until{0};
    std::int64_t added{0};
    std::string today; ///< first day of names and contacts
};

PeopleImport::PeopleImport(UnitOfWork& work, std::optional<Date> from)
    : parts_(std::make_unique<Parts>(work, work.connection_)) {
    parts_->today = from ? to_text(*from) : std::string(parts_->connection.now_text().substr(0, 10));
}

PeopleImport::~PeopleImport() = default;

PeopleImport::Added PeopleImport::add(const Row& row) {
    Parts& parts = *parts_;
    const Cleaned cleaned = clean(row);
    if (const auto alike = parts.statements->alike(cleaned))
        return {PersonId{}, alike};
    parts.connection.changing();
    if (parts.next == parts.reserved_until) {
        // Counters are taken in blocks; those of the last block that are left over go back in `finish`.
        constexpr std::int64_t block = 1000;
        parts.next = parts.work.numbers.take_people(block);
        parts.reserved_until = parts.next + block;
        if (parts.first == 0)
            parts.first = parts.next;
    }
    const std::int64_t id = parts.next;
    const std::string code = parts.codes.person(id).str();
    const std::int64_t salt = parts.salts.next();
    const Hash digest =
        parts.connection.added(unit_text(id, code, cleaned, parts.connection.now_text(), parts.today, salt));
    parts.statements->add(id, code, cleaned, parts.connection.now_text(), parts.today,
                          {parts.connection.next_audit(), mark_of(digest), salt});
    ++parts.next;
    ++parts.added;
    return {PersonId(id), std::nullopt};
}

std::int64_t PeopleImport::added() const { return parts_->added; }

void PeopleImport::finish() {
    Parts& parts = *parts_;
    if (parts.added == 0)
        return;
    parts.work.numbers.give_back_people(parts.next, parts.reserved_until);
    parts.work.audit.append(
        {.action = "people.imported",
         .object = "person " + std::to_string(parts.first) + ".." + std::to_string(parts.next - 1)});
}

} // namespace peercert::storage
