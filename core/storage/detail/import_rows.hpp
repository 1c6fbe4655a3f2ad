#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/namesakes.hpp"
#include "storage/people_import.hpp"

/// The rows of an import: cleaned on their way in, then written.
namespace peercert::storage {

/// A row of the file, cleaned. Rows are used again, so that their texts are not allocated anew.
struct ImportRow {
    std::size_t line{0};
    std::string given;
    std::string name;
    std::string key;
    bool plain_key{false}; ///< it is the name in lower case
    std::string certificate;
    std::string certificate_key;
    std::string born;
    std::string email;
    std::string phone;
    bool kept{false};     ///< no duplicate
    bool namesake{false}; ///< a duplicate by the name alone
    PeopleImport::Doubt doubt{PeopleImport::Doubt::none};
    struct Other {
        std::int64_t person{0};
        std::optional<std::size_t> row; ///< instead: the person whom that row adds
        int agreeing{0};                ///< of name, birthday and address; of namesakes, the telephone
        bool other_birthday{false};
        std::string born{}; ///< of namesakes, what tells them apart
        std::string email{};
        std::string phone{};
        Details details() const { return {born, email, phone}; }
        bool is(const Other& other) const { return person == other.person && row == other.row; }
    };
    std::vector<Other> others; ///< who it may be
    std::optional<std::size_t> duplicate_of_row;
    std::int64_t person{0}; ///< who was added, or whose duplicate it is
    // Of who was added:
    std::string code;
    std::int64_t salt{0}; ///< as units.hpp says, and so the mark
    std::int64_t mark{0};

    void take(const PeopleImport::Row& row, std::size_t number) {
        line = number;
        given = row.name_used;
        kept = false;
        namesake = false;
        doubt = PeopleImport::Doubt::none;
        others.clear();
        duplicate_of_row.reset();
        person = 0;
        domain::clean_text(row.name_used, domain::person_name_rule, name);
        domain::search_key(name, key);
        plain_key = domain::is_lower_case_of(key, name);
        certificate.clear();
        certificate_key.clear();
        if (!row.name_on_certificate.empty()) {
            domain::clean_text(row.name_on_certificate, domain::person_name_rule, certificate);
            domain::search_key(certificate, certificate_key);
        }
        born = row.born ? to_text(*row.born) : std::string{};
        email.clear();
        if (!row.email.empty())
            domain::clean_email(row.email, email);
        phone.clear();
        if (!row.phone.empty())
            domain::clean_phone(row.phone, phone);
    }
    Details details() const { return {born, email, phone}; }
    bool has_name(std::string_view wanted) const {
        return wanted == key || (!certificate.empty() && wanted == certificate_key);
    }
    bool has_email(std::string_view wanted) const { return wanted == email; }

    /// Somebody of the same name: by key, or whom that row adds.
    void may_be_namesake(std::int64_t of, std::optional<std::size_t> of_row, const Details& known) {
        Other other{.person = of, .row = of_row, .agreeing = same_phone(details(), known) ? 1 : 0};
        other.born = known.born;
        other.email = known.email;
        other.phone = known.phone;
        may_be(other);
    }
    bool has_other(const Other& other) const {
        return std::any_of(others.begin(), others.end(), [&](const Other& one) { return one.is(other); });
    }
    void may_be(const Other& other) {
        if (!has_other(other))
            others.push_back(other);
    }
    /// Of all whom it may be the one with whom the most agrees; where several agree as much, or only the birthday is
    /// another, it is in doubt. Either way it adds nobody.
    void decide() {
        if (others.empty())
            return;
        kept = false;
        duplicate_of_row.reset();
        const bool one_fits =
            std::any_of(others.begin(), others.end(), [](const Other& one) { return !one.other_birthday; });
        if (!one_fits) {
            doubt = PeopleImport::Doubt::birthday;
            return;
        }
        std::erase_if(others, [](const Other& one) { return one.other_birthday; });
        const int most = std::max_element(others.begin(), others.end(), [](const Other& one, const Other& other) {
                             return one.agreeing < other.agreeing;
                         })->agreeing;
        std::erase_if(others, [most](const Other& one) { return one.agreeing < most; });
        if (others.size() > 1) {
            doubt = PeopleImport::Doubt::several;
            return;
        }
        person = others.front().person;
        duplicate_of_row = others.front().row;
    }
};

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

/// When people come, and which audit row will vouch for them.
struct Moment {
    std::string_view now;
    std::string_view today; ///< first day of names and contacts
    std::int64_t audit;
};

/// People as the audit chain will read them back (see UnitText), in storage that is used again.
class PersonText {
public:
    const RowText& of(const ImportRow& row, const Moment& moment) {
        person_.restart("person");
        person_.add(row.code).add(row.born).add(moment.now).add("").add("0").add(row.name);
        person_.add(row.plain_key ? std::string_view{} : std::string_view(row.key)).add(moment.today).add("");
        person_.add(row.email).add("").add(row.phone).add("").add(row.salt);
        whole_.restart("person");
        whole_.add(row.person);
        if (!row.certificate.empty()) {
            name_.restart("person_name");
            name_.add("certificate").add("1").add(row.certificate).add(row.certificate_key).add(moment.today).add("");
            whole_.add(std::min(name_.str(), person_.str())).add(std::max(name_.str(), person_.str()));
        } else {
            whole_.add(person_.str());
        }
        return whole_;
    }

private:
    RowText person_{"person"};
    RowText name_{"person_name"};
    RowText whole_{"person"};
};

/// The statements of an import, prepared once.
class PeopleWriter {
public:
    virtual ~PeopleWriter() = default;
    virtual void add(const std::vector<const ImportRow*>& rows, const Moment& moment) = 0;
};

template <class Statement>
class PeopleWriterOf final : public PeopleWriter {
public:
    explicit PeopleWriterOf(Connection& connection)
        : some_(connection, insert_people(together)), one_(connection, insert_people(1)),
          certificate_(connection, "insert into person_name (person, kind, n, full_name, search_key, first_day) "
                                   "values ($1, 'certificate', 1, $2, $3, $4)") {}

    void add(const std::vector<const ImportRow*>& rows, const Moment& moment) override {
        std::size_t at = 0;
        for (; at + together <= rows.size(); at += together) {
            for (std::size_t i = 0; i < together; ++i)
                bind(some_, i, *rows[at + i], moment);
            some_.run();
        }
        for (; at < rows.size(); ++at) {
            bind(one_, 0, *rows[at], moment);
            one_.run();
        }
        for (const ImportRow* row : rows)
            if (!row->certificate.empty())
                add_certificate(*row, moment.today);
    }

private:
    static constexpr std::size_t together = 8; // rows of one statement: a fifth faster than one by one
    static constexpr std::size_t columns = 12;

    static std::string insert_people(std::size_t rows) {
        std::string sql =
            "insert into person (id, code, born, created_at, name, name_key, from_day, email, phone, audit, mark, "
            "salt) values ";
        for (std::size_t i = 0; i < rows * columns; ++i) // fixed text: places by number
            sql += std::string(i % columns == 0 ? (i == 0 ? "($" : "), ($") : ", $") + std::to_string(i + 1);
        return sql + ")";
    }

    static void bind(Statement& statement, std::size_t place, const ImportRow& row, const Moment& moment) {
        int at = static_cast<int>(place * columns);
        const auto put = [&](std::string_view text, bool there) {
            if (there)
                statement.bind(at++, text);
            else
                statement.bind_null(at++);
        };
        statement.bind(at++, row.person);
        put(row.code, true);
        put(row.born, !row.born.empty());
        put(moment.now, true);
        put(row.name, true);
        put(row.key, !row.plain_key);
        put(moment.today, true);
        put(row.email, !row.email.empty());
        put(row.phone, !row.phone.empty());
        statement.bind(at++, moment.audit);
        statement.bind(at++, row.mark);
        statement.bind(at++, row.salt);
    }

    void add_certificate(const ImportRow& row, std::string_view today) {
        certificate_.bind(0, row.person);
        certificate_.bind(1, std::string_view(row.certificate));
        certificate_.bind(2, std::string_view(row.certificate_key));
        certificate_.bind(3, today);
        certificate_.run();
    }

    Statement some_;
    Statement one_;
    Statement certificate_;
};

} // namespace peercert::storage
