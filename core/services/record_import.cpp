#include "services/record_import.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>
#include <unordered_map>

#include "curricula/phrases.hpp"
#include "domain/text.hpp"
#include "services/known_words.hpp"
#include "services/ledger.hpp"
#include "services/ledger_checks.hpp"

namespace peercert::services {

namespace {

using domain::LedgerEntry;
using domain::NewEntry;

/// What a file of records may hold: attendance, sign-offs and decisions have ways of their own.
bool may_be_imported(EntryKind kind) {
    switch (kind) {
    case EntryKind::training:
    case EntryKind::exam:
    case EntryKind::practice:
    case EntryKind::supervision:
    case EntryKind::ce:
    case EntryKind::activity:
    case EntryKind::attestation:
    case EntryKind::document:
    case EntryKind::fact: return true;
    case EntryKind::attendance:
    case EntryKind::sign_off:
    case EntryKind::decision: return false;
    }
    return false;
}

/// Whether another value of the same thing on the same day can only be a correction.
bool happens_once(EntryKind kind) {
    return kind == EntryKind::training || kind == EntryKind::exam || kind == EntryKind::attestation ||
           kind == EntryKind::document || kind == EntryKind::fact;
}

bool in_minutes(EntryKind kind) {
    return kind == EntryKind::practice || kind == EntryKind::supervision || kind == EntryKind::ce ||
           kind == EntryKind::training;
}

std::optional<std::int64_t> whole(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

/// "88" or "88.5" in hundredths.
std::optional<std::int64_t> hundredths(std::string_view text) {
    const std::size_t point = text.find('.');
    const auto whole_part = whole(text.substr(0, point));
    if (!whole_part || *whole_part < 0 || *whole_part > 1'000'000)
        return std::nullopt;
    if (point == std::string_view::npos)
        return *whole_part * 100;
    std::string decimals(text.substr(point + 1));
    if (decimals.empty() || decimals.size() > 2)
        return std::nullopt;
    decimals.resize(2, '0');
    const auto rest = whole(decimals);
    return rest && *rest >= 0 ? std::optional(*whole_part * 100 + *rest) : std::nullopt;
}

/// Minutes as people write them: "90", "90 min", "1.5 h".
std::optional<std::int64_t> minutes(std::string_view text) {
    if (const auto plain = whole(text))
        return plain;
    const auto amount = curricula::parse_amount(text);
    if (!amount.value || amount.value->amount.unit != Unit::minutes)
        return std::nullopt;
    return amount.value->amount.value;
}

/// One row of a file, read.
class RecordRow {
public:
    RecordRow(ImportRows& rows, std::optional<EntryKind> kind, const KnownWords& known, Date today)
        : rows_(rows), known_(known), today_(today), kind_(kind) {}

    /// Nothing where something is wrong with the row; it is reported then.
    std::optional<NewRecord> read() {
        NewRecord record;
        record.person = rows_.at("person");
        if (record.person.empty())
            rows_.wrong("person", "whose is it? give the person's code, P-..., or their whole name");
        if (!kind_ && !read_kind())
            return std::nullopt;
        record.kind = *kind_;
        record.first_day = rows_.day("on", today_, true).value_or(today_);
        record.last_day = until();
        record.amount = amount();
        record.code = rows_.at("code");
        record.tags = rows_.words("topics");
        record.provider = rows_.at("provider");
        record.result = result();
        record.vouched_by = rows_.at("vouched_by");
        record.vouched_as = rows_.at("vouched_as");
        record.wording = rows_.at("wording");
        record.document_digest = rows_.at("document");
        if (const std::string_view late = rows_.at("late"); !late.empty()) {
            record.late_reason = domain::parse_late_reason(late);
            if (!record.late_reason)
                rows_.wrong("late", "is no reason that there is; `peercert man` lists them");
        }
        if (!record.code.empty())
            rows_.check("code", [&] { known_.check_code(record.kind, record.code); });
        for (const std::string& topic : record.tags)
            rows_.check("topics", [&] { known_.check_tag(topic); });
        return rows_.is_fine() ? std::optional(std::move(record)) : std::nullopt;
    }

private:
    bool read_kind() {
        kind_ = domain::parse_entry_kind(rows_.at("kind"));
        if (kind_ && may_be_imported(*kind_))
            return true;
        rows_.wrong("kind", kind_ ? "has a way of its own: attendance and sign-offs are files of their own, a decision "
                                    "is made by who may decide"
                                  : "what is it? training, exam, practice, supervision, ce, activity, attestation, "
                                    "document or fact");
        return false;
    }
    std::optional<Date> until() {
        const std::string_view text = rows_.at("until");
        if (text.empty())
            return std::nullopt;
        const auto day = parse_date(text);
        if (!day)
            rows_.wrong("until", "no such day from 1900 on; write YYYY-MM-DD");
        return day;
    }
    std::int64_t amount() {
        const std::string_view text = rows_.at("amount"), score = rows_.at("score");
        if (*kind_ == EntryKind::exam) {
            const auto points = score.empty() ? std::optional<std::int64_t>(0) : hundredths(score);
            if (!points)
                rows_.wrong("score", "write a number such as 88 or 88.5");
            return points.value_or(0);
        }
        if (text.empty())
            return *kind_ == EntryKind::activity ? 1 : 0;
        const auto value = in_minutes(*kind_) ? minutes(text) : whole(text);
        if (!value || *value < 0)
            rows_.wrong("amount", in_minutes(*kind_) ? "how long? write 90, 90 min or 1.5 h" : "write a whole number");
        return value.value_or(0);
    }
    EntryResult result() {
        const std::string_view text = rows_.at("result");
        if (text.empty())
            return EntryResult::none;
        const auto result = domain::parse_entry_result(text);
        if (!result)
            rows_.wrong("result", "is no result that there is: passed, not_yet, no_show, approved, refused or pending");
        return result.value_or(EntryResult::none);
    }

    ImportRows& rows_;
    const KnownWords& known_;
    Date today_;
    std::optional<EntryKind> kind_;
};

/// Which columns a file has, so that one it does not have changes nothing.
struct Given {
    explicit Given(const ImportRows& rows)
        : amount(rows.has("amount") || rows.has("score")), tags(rows.has("topics")), provider(rows.has("provider")),
          result(rows.has("result")), wording(rows.has("wording")), document(rows.has("document")) {}
    bool amount, tags, provider, result, wording, document;

    bool says_the_same(const NewEntry& row, const LedgerEntry& line) const {
        const auto sorted = [](std::vector<std::string> words) {
            std::sort(words.begin(), words.end());
            return words;
        };
        return (!amount || row.amount == line.amount) && (!tags || sorted(row.tags) == sorted(line.tags)) &&
               (!provider || row.provider == line.provider) && (!result || row.result == line.result) &&
               (!wording || row.wording == line.wording) && (!document || row.document_digest == line.document_digest);
    }
    /// The line as it stands, with what the row says otherwise.
    NewEntry corrected(const NewEntry& row, const LedgerEntry& line) const {
        NewEntry better = static_cast<const NewEntry&>(line);
        better.typed_by.clear();
        better.late_reason = domain::LateReason::correction;
        better.replaces = line.id;
        if (amount)
            better.amount = row.amount;
        if (tags)
            better.tags = row.tags;
        if (provider)
            better.provider = row.provider;
        if (result)
            better.result = row.result;
        if (wording)
            better.wording = row.wording;
        if (document)
            better.document_digest = row.document_digest;
        return better;
    }
};

std::string told(const NewEntry& line) {
    std::string text(domain::to_text(line.kind));
    if (!line.code.empty())
        text += " " + line.code;
    if (line.amount != 0)
        text += ", " + std::to_string(line.amount);
    if (line.result != EntryResult::none)
        text += ", " + std::string(domain::to_text(line.result));
    if (!line.provider.empty())
        text += ", " + line.provider;
    return text;
}

/// What the people of a file have on record; a line is met by one row at most.
class OnRecord {
public:
    explicit OnRecord(storage::UnitOfWork& work) : work_(work) {}

    /// Lines of the same person, kind, days and code that no row has met yet.
    std::vector<const LedgerEntry*> same_thing(const NewEntry& row) {
        const Person& person = of(row.person);
        std::vector<const LedgerEntry*> same;
        for (std::size_t i = 0; i < person.lines.size(); ++i) {
            const LedgerEntry& line = person.lines[i];
            if (!person.met[i] && line.kind == row.kind && line.first_day == row.first_day &&
                line.last_day == row.last_day && line.code == row.code)
                same.push_back(&line);
        }
        return same;
    }
    void meet(const NewEntry& row, const LedgerEntry* line) {
        Person& person = of(row.person);
        person.met[static_cast<std::size_t>(line - person.lines.data())] = true;
    }
    /// Stores the line, unless its day would be longer than a day with it: Error{invalid_input}.
    void add(const NewEntry& line) {
        Person& person = of(line.person);
        refuse_longer_than_its_days(person.lines, line);
        LedgerEntry stored;
        static_cast<NewEntry&>(stored) = line;
        stored.id = work_.entries.add(line);
        person.lines.push_back(std::move(stored));
        person.met.push_back(true);
    }

private:
    struct Person {
        std::vector<LedgerEntry> lines; ///< those that count
        std::vector<bool> met;
    };
    Person& of(PersonId who) {
        auto [found, fresh] = people_.try_emplace(who.value());
        if (fresh)
            for (LedgerEntry& line : work_.entries.of_person(who))
                if (line.counts()) {
                    found->second.lines.push_back(std::move(line));
                    found->second.met.push_back(false);
                }
        return found->second;
    }

    storage::UnitOfWork& work_;
    std::unordered_map<std::int64_t, Person> people_;
};

} // namespace

ImportReport RecordImports::records(const Actor& actor, std::istream& file, std::optional<EntryKind> kind,
                                    const ImportNames& names, Mode mode, const Imports::Progress& progress) {
    ImportColumns columns{"records",
                          {"person", "on"},
                          {"until", "amount", "code", "topics", "provider", "result", "score", "vouched_by",
                           "vouched_as", "wording", "document", "late"}};
    (kind ? columns.optional : columns.required).emplace_back("kind");
    const Ledger ledger(house_, rulebook_);
    const KnownWords known(rulebook_.catalogue());
    return import_file(
        house_, actor, file, columns, names, mode, progress,
        [&](storage::UnitOfWork& work, ImportRows& rows, ImportReport& report) {
            const Date today = house_.today();
            const Given given(rows);
            struct Read {
                NewEntry entry;
                std::size_t line;
            };
            std::vector<Read> all;
            while (rows.next()) {
                const auto record = RecordRow(rows, kind, known, today).read();
                if (!record)
                    continue;
                rows.check("", [&] { all.push_back({ledger.checked(work, actor, *record, known), rows.line()}); });
            }
            if (report.errors > 0)
                return;
            // First what is there to the word, so that a correction never takes a line that another row means.
            OnRecord on_record(work);
            std::erase_if(all, [&](const Read& row) {
                for (const LedgerEntry* line : on_record.same_thing(row.entry))
                    if (given.says_the_same(row.entry, *line)) {
                        on_record.meet(row.entry, line);
                        ++report.known;
                        return true;
                    }
                return false;
            });
            for (const Read& row : all) {
                const auto same =
                    happens_once(row.entry.kind) ? on_record.same_thing(row.entry) : std::vector<const LedgerEntry*>{};
                if (same.size() > 1) {
                    report.error({row.line, "", "",
                                  "the ledger has " + std::to_string(same.size()) +
                                      " such lines of that day; correct the right one with `peercert record correct`"});
                    continue;
                }
                try {
                    if (same.empty()) {
                        on_record.add(row.entry);
                        ++report.added;
                        continue;
                    }
                    const NewEntry better = given.corrected(row.entry, *same.front());
                    const std::string was = told(*same.front());
                    on_record.meet(row.entry, same.front());
                    on_record.add(better);
                    report.corrects({row.line, "", "", "was " + was + "; becomes " + told(better)});
                } catch (const Error& error) {
                    if (!ImportRows::is_about_a_row(error.code()))
                        throw;
                    report.error({row.line, "", "", error.what()});
                }
            }
            if (report.added + report.changed > 0)
                work.audit.append({.action = "records.imported",
                                   .object = std::to_string(report.added + report.changed) + " lines",
                                   .after = std::to_string(report.added) + " " + std::to_string(report.changed)});
        },
        most_kept_);
}

} // namespace peercert::services
