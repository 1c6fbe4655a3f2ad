#include "storage/editions.hpp"

#include <soci/soci.h>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/values.hpp"

namespace peercert::storage {

namespace {

using domain::FrozenEdition;

template <class... Bound>
std::vector<FrozenEdition> editions_where(Connection& connection, FixedSql body, FixedSql rest, const Bound&... bound) {
    FrozenEdition edition;
    std::string kind;
    soci::statement statement(connection.sql());
    (statement.exchange(soci::use(bound)), ...);
    statement.exchange(soci::into(kind));
    statement.exchange(soci::into(edition.code));
    statement.exchange(soci::into(edition.edition));
    statement.exchange(soci::into(edition.digest));
    statement.exchange(soci::into(edition.text));
    statement.alloc();
    statement.prepare(joined_sql("select kind, code, edition, digest, ", body, " from edition ") +
                      std::string(rest.text()));
    statement.define_and_bind();
    statement.execute();
    std::vector<FrozenEdition> found;
    while (statement.fetch()) {
        edition.kind = word_of(domain::parse_edition_kind(kind));
        found.push_back(edition);
    }
    return found;
}

} // namespace

bool Editions::freeze(const FrozenEdition& edition) {
    connection_.changing();
    const std::string kind(to_text(edition.kind));
    const std::string code = domain::clean_code(edition.code, "edition code");
    const std::string name = domain::clean_code(edition.edition, "edition");
    if (edition.text.find('\0') != std::string::npos)
        throw Error(ErrorCode::invalid_input, "the text of edition " + code + " " + name + " holds a NUL");
    if (const auto there = find(edition.kind, code, name)) {
        if (there->digest != edition.digest)
            throw Error(ErrorCode::conflict, "another text of " + code + " " + name +
                                                 " is relied on already; give the change an edition of its own");
        return false;
    }
    const long long audit = connection_.next_audit();
    connection_.sql()
        << "insert into edition (kind, code, edition, digest, body, audit) values (:kind, :code, :edition, "
           ":digest, :body, :audit)",
        soci::use(kind), soci::use(code), soci::use(name), soci::use(edition.digest), soci::use(edition.text),
        soci::use(audit);
    connection_.added(RowText("edition").add(kind).add(code).add(name).add(edition.digest).add(edition.text));
    return true;
}

std::optional<FrozenEdition> Editions::find(domain::EditionKind kind, std::string_view code, std::string_view edition) {
    const std::string kind_word(to_text(kind));
    const std::string code_word(code);
    const std::string edition_word(edition);
    auto found = editions_where(connection_, "body", "where kind = :kind and code = :code and edition = :edition",
                                kind_word, code_word, edition_word);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<FrozenEdition> Editions::find_by_digest(std::string_view digest) {
    const std::string key(digest);
    auto found =
        editions_where(connection_, "body", "where digest = :digest order by kind, code, edition limit 1", key);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<FrozenEdition> Editions::list() {
    return editions_where(connection_, "''", "order by kind, code, edition");
}

std::optional<std::string> Editions::digest_of(std::string_view code, std::string_view edition) {
    const std::string code_word(code);
    const std::string edition_word(edition);
    const auto found =
        editions_where(connection_, "''", "where code = :code and edition = :edition", code_word, edition_word);
    return found.empty() ? std::nullopt : std::optional(found.front().digest);
}

bool Editions::relied_on(std::string_view code, std::string_view edition) {
    const std::string code_word(code);
    const std::string edition_word(edition);
    const std::string both = code_word + " " + edition_word;
    const auto any = [this](FixedSql query, const auto&... bound) {
        long long found = 0;
        soci::statement statement(connection_.sql());
        (statement.exchange(soci::use(bound)), ...);
        statement.exchange(soci::into(found));
        statement.alloc();
        statement.prepare(joined_sql("select case when exists (", query, ") then 1 else 0 end"));
        statement.define_and_bind();
        statement.execute(true);
        return found != 0;
    };
    return any("select 1 from application where track = :code and edition = :edition", code_word, edition_word) ||
           any("select 1 from cohort where curriculum = :code and edition = :edition", code_word, edition_word) ||
           any("select 1 from term t join credential c on c.id = t.credential where c.track = :code and t.edition = "
               ":edition",
               code_word, edition_word) ||
           any("select 1 from decision d join edition e on e.digest = d.edition_digest where e.code = :code and "
               "e.edition = :edition",
               code_word, edition_word) ||
           any("select 1 from organization_score where edition = :edition", both) ||
           any("select 1 from sign_off where framework = :edition", both) ||
           any("select 1 from self_rating where framework = :edition", both) ||
           any("select 1 from entry where edition = :edition", both);
}

} // namespace peercert::storage
