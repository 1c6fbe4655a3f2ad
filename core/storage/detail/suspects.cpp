#include "storage/detail/suspects.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include <peercert/date.hpp>

#include "storage/detail/audit_hash.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/detail/units.hpp"

namespace peercert::storage {

namespace {

constexpr std::size_t most_named = UnitSuspects::most_named;
constexpr std::size_t most_unmarked = 8; ///< rows without a mark among which the changed one is looked for

std::vector<std::string_view> words_of(std::string_view list) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find(", ", at), list.size());
        words.push_back(list.substr(at, end - at));
        at = end + 2;
    }
    return words;
}

/// A row of one table, column by column.
struct Line {
    std::string_view table;
    std::string_view columns;
    std::vector<std::string> values;
    RowText text() const {
        RowText row(table);
        for (const std::string& value : values)
            row.add(value);
        return row;
    }
};

/// A row that is never changed, or a unit with all its lines.
struct Candidate {
    std::string name;
    std::string_view told; ///< of a unit: what it covers
    std::optional<std::int64_t> unit;
    std::vector<Line> lines;
    std::int64_t mark{0}; ///< 0: it carries none
    Hash hash{};

    RowText text() const {
        if (!unit)
            return lines.front().text();
        UnitText whole(lines.front().table, *unit); // the unit's own line is the first
        for (const Line& line : lines)
            whole.add(line.text());
        return whole.text();
    }
};

template <class Rows>
Line line_of(const Rows& rows, int first, std::string_view table, std::string_view columns) {
    Line line{table, columns, {}};
    const auto count = static_cast<int>(words_of(columns).size());
    for (int i = 0; i < count; ++i)
        line.values.emplace_back(rows.text(first + i));
    return line;
}

/// The columns by which a row is told to a person: those that the list names, else its first.
std::vector<std::string_view> keys_of(const VouchedTable& table) {
    const auto columns = words_of(table.columns.text());
    auto keys = words_of(table.key.text());
    std::erase_if(
        keys, [&](std::string_view key) { return std::find(columns.begin(), columns.end(), key) == columns.end(); });
    return keys.empty() ? std::vector{columns.front()} : keys;
}

/// "entry 40", "term (credential 3, n 1)".
std::string name_of(const VouchedTable& table, const Line& line) {
    const auto columns = words_of(table.columns.text());
    const auto value = [&](std::string_view column) {
        const auto at = std::find(columns.begin(), columns.end(), column) - columns.begin();
        return line.values[static_cast<std::size_t>(at)];
    };
    const std::string name(table.name.text());
    const auto keys = keys_of(table);
    if (keys.size() == 1)
        return name + " " + value(keys.front());
    std::string all;
    for (const std::string_view key : keys)
        all += (all.empty() ? "" : ", ") + std::string(key) + " " + value(key);
    return name + " (" + all + ")";
}

/// Every single byte is tried, and for days and small numbers what is near: what was there shows itself by its digest.
/// Only the column is told, never the value: who may see the one need not be who may see the other.
class Trials {
public:
    Trials(const domain::CodeBook::Key& salt, std::function<bool(const Hash&)> was_it)
        : salt_(salt), was_it_(std::move(was_it)) {}

    /// The column in which the candidate differs from what was there; nothing if that cannot be told.
    std::optional<std::string> column(Candidate candidate) {
        if (candidate.text().str().size() > longest_row)
            return std::nullopt;
        for (Line& line : candidate.lines) {
            const auto columns = words_of(line.columns);
            for (std::size_t i = 0; i < line.values.size(); ++i)
                if (one_value(candidate, line.values[i]))
                    return std::string(columns[i]) +
                           (candidate.lines.size() > 1 ? " of " + std::string(line.table) : std::string());
        }
        return std::nullopt;
    }

private:
    bool fits(const Candidate& candidate) { return was_it_(keyed_hash(salt_, candidate.text())); }

    bool one_value(const Candidate& candidate, std::string& value) {
        const std::string now = value;
        const auto tried = [&](std::string other) {
            value = std::move(other);
            return fits(candidate);
        };
        bool found = !now.empty() && tried("");
        for (std::size_t at = 0; at < std::min<std::size_t>(now.size(), most_bytes) && !found; ++at) {
            std::string other = now;
            for (int byte = 0; byte < 256 && !found; ++byte) {
                other[at] = static_cast<char>(byte);
                found = tried(other);
            }
        }
        std::int64_t number = 0;
        const auto [end, problem] = std::from_chars(now.data(), now.data() + now.size(), number);
        if (!found && !now.empty() && problem == std::errc{} && end == now.data() + now.size())
            for (std::int64_t other = 0; other <= most_number && !found; ++other)
                found = tried(std::to_string(other));
        if (const auto day = parse_date(now); !found && day)
            for (int days = -most_days; days <= most_days && !found; ++days)
                found = tried(to_text(add_days(*day, days)));
        value = now;
        return found;
    }

    static constexpr std::size_t longest_row = 8192; ///< the text of an edition would keep it busy for minutes
    static constexpr std::size_t most_bytes = 400;
    static constexpr std::int64_t most_number = 20'000; // minutes of two weeks, hundredths of 200 points
    static constexpr int most_days = 1200;

    const domain::CodeBook::Key& salt_;
    std::function<bool(const Hash&)> was_it_;
};

std::int64_t count_in(std::string_view digest) {
    std::int64_t count = 0;
    std::from_chars(digest.data(), digest.data() + digest.size(), count);
    return count;
}

Hash hash_in(std::string_view digest) {
    const std::size_t colon = digest.find(':');
    return colon == std::string_view::npos ? Hash{} : hash_from_hex(digest.substr(colon + 1)).value_or(Hash{});
}

Hash both(const Hash& one, const Hash& other) {
    Hash combined{};
    for (std::size_t i = 0; i < combined.size(); ++i)
        combined[i] = static_cast<unsigned char>(one[i] ^ other[i]);
    return combined;
}

template <class Rows>
class Search {
public:
    Search(Connection& connection, std::int64_t seq, std::string_view vouched, const RowsDigest& found,
           const UnitSuspects& units)
        : connection_(connection), salt_(connection.installation().audit_salt), seq_(std::to_string(seq)),
          then_(count_in(vouched)), now_(found.count()), missing_(both(hash_in(vouched), hash_in(found.str()))),
          units_(units) {}

    std::string told() {
        for (const VouchedTable& table : vouched_tables)
            look_at(table);
        for (const auto& [unit, id] : units_.named)
            suspects_.push_back(unit_of(layout_of(unit), id));
        suspect_count_ += units_.count;
        if (!suspects_.empty())
            return told_of_suspects();
        const std::string counts = " (" + std::to_string(then_) + " then, " + std::to_string(now_) + " now)";
        if (now_ < then_)
            return missing_entry() + "a row it vouches for was removed" + counts;
        if (now_ > then_ && unmarked_count_ == static_cast<std::size_t>(now_ - then_) && !unmarked_.empty())
            return listed(unmarked_) + (unmarked_.size() == 1 ? " was" : " were") + " added past the program" + counts;
        if (now_ > then_)
            return "a row was added past the program that it does not vouch for" + counts;
        return told_of_unmarked();
    }

private:
    Rows rows_of(std::string query) {
        if constexpr (std::is_same_v<Rows, PostgresCursor>)
            return Rows(connection_, query, 1000);
        else
            return Rows(connection_, query);
    }

    void look_at(const VouchedTable& table) {
        // fixed text, and a number of our own
        std::string query =
            joined_sql(table.marked ? FixedSql("select mark, ") : FixedSql("select 0, "), table.columns, " from ");
        query += joined_sql(table.name, " where audit = ") + seq_;
        if (!table.which.text().empty())
            query += joined_sql(" and (", table.which, ")");
        const char* separator = " order by ";
        for (const std::string_view key : keys_of(table))
            query += std::exchange(separator, ", ") + std::string(key);
        Rows rows = rows_of(query);
        while (rows.next()) {
            Candidate one;
            one.mark = rows.integer(0);
            one.lines.push_back(line_of(rows, 1, table.hashed_as(), table.columns.text()));
            one.hash = keyed_hash(salt_, one.text());
            if (one.mark != 0) {
                if (one.mark != mark_of(one.hash))
                    suspect(table, std::move(one));
                continue;
            }
            ++unmarked_count_;
            if (unmarked_.size() < most_unmarked) {
                one.name = name_of(table, one.lines.front());
                unmarked_.push_back(std::move(one));
            }
        }
    }

    void suspect(const VouchedTable& table, Candidate one) {
        one.name = name_of(table, one.lines.front());
        suspect(std::move(one));
    }
    void suspect(Candidate one) {
        if (++suspect_count_ <= most_named)
            suspects_.push_back(std::move(one));
    }

    /// Its own line first, those of its other tables as they come.
    Candidate unit_of(const UnitLayout& layout, std::int64_t id) {
        Candidate one;
        one.name = std::string(layout.table.text()) + " " + std::to_string(id);
        one.told = layout.told;
        one.unit = id;
        {
            // fixed text, and a number of our own
            Rows own = rows_of(joined_sql("select mark from ", layout.table, " where id = ") + std::to_string(id));
            one.mark = own.next() ? own.integer(0) : 0;
        }
        for (const UnitPart& part : layout.parts) {
            std::string query = joined_sql("select ", part.columns, " from ");
            query += joined_sql(part.from, " where ", layout.table) + ".id = " + std::to_string(id);
            Rows rows = rows_of(query);
            while (rows.next())
                one.lines.push_back(line_of(rows, 0, part.table.text(), part.columns.text()));
        }
        one.hash = keyed_hash(salt_, one.text());
        return one;
    }

    std::string told_of(const Candidate& one) {
        const std::string name = one.name + (one.told.empty() ? "" : " (" + std::string(one.told) + ")");
        if (missing_ == Hash{})
            return "the mark that " + name + " carries was changed past the program; the row itself is as it was";
        std::string clause = name + " was changed past the program";
        if (const auto column = Trials(salt_, [&](const Hash& hash) { return mark_of(hash) == one.mark; }).column(one))
            clause += ", in its " + *column;
        return clause;
    }

    std::string told_of_suspects() {
        std::string all;
        for (const Candidate& one : suspects_)
            all += (all.empty() ? "" : "; ") + told_of(one);
        if (suspect_count_ > suspects_.size())
            all += "; and " + std::to_string(suspect_count_ - suspects_.size()) + " more";
        return all;
    }

    /// Only the rows without a mark are left: one of them, if no other was changed as well.
    std::string told_of_unmarked() {
        if (unmarked_count_ > most_unmarked)
            return "one of the " + std::to_string(unmarked_count_) +
                   " rows it vouches for was changed past the program";
        for (const Candidate& one : unmarked_) {
            const Hash was = both(missing_, one.hash);
            if (const auto column = Trials(salt_, [&](const Hash& hash) { return hash == was; }).column(one))
                return one.name + " was changed past the program, in its " + *column;
        }
        if (unmarked_.empty())
            return "a state that it vouched for before was changed past the program"; // replaced since
        if (unmarked_.size() == 1)
            return unmarked_.front().name + " was changed past the program";
        return "one of these was changed past the program: " + listed(unmarked_);
    }

    static std::string listed(const std::vector<Candidate>& rows) {
        std::string all;
        for (const Candidate& one : rows)
            all += (all.empty() ? "" : ", ") + one.name;
        return all;
    }

    /// Lines of the ledger are numbered without gaps.
    std::string missing_entry() {
        Rows rows = rows_of("select coalesce(min(id), 0) + 1 from (select 0 as id union all select id from entry) line "
                            "where not exists (select 1 from entry later where later.id = line.id + 1)");
        Rows newest = rows_of("select coalesce(max(id), 0) from entry");
        if (rows.next() && newest.next() && rows.integer(0) < newest.integer(0))
            return "entry " + std::to_string(rows.integer(0)) + " is not there any more: ";
        return {};
    }

    Connection& connection_;
    const domain::CodeBook::Key salt_;
    const std::string seq_;
    const std::int64_t then_;
    const std::int64_t now_;
    const Hash missing_; ///< what the rows lack to be what they were, combined
    const UnitSuspects& units_;
    std::vector<Candidate> suspects_;
    std::size_t suspect_count_{0};
    std::vector<Candidate> unmarked_;
    std::size_t unmarked_count_{0};
};

} // namespace

std::string difference(Connection& connection, std::int64_t seq, std::string_view vouched, const RowsDigest& found,
                       const UnitSuspects& units) {
    if (connection.backend() == Backend::postgresql)
        return Search<PostgresCursor>(connection, seq, vouched, found, units).told();
    return Search<SqliteStatement>(connection, seq, vouched, found, units).told();
}

} // namespace peercert::storage
