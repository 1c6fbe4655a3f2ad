#include "bench/fill_tracks.hpp"

#include <cstdio>
#include <vector>

#include <peercert/error.hpp>

#include "bench/fill_credentials.hpp"
#include "bench/measuring.hpp"
#include "domain/codes.hpp"
#include "domain/entry.hpp"
#include "rules/planning.hpp"
#include "services/assessment.hpp"
#include "storage/admin.hpp"

namespace peercert::bench {
namespace {

constexpr domain::CodeBook::Key key{'b', 'e', 'n', 'c', 'h', 'm', 'a', 'r', 'k', ' ', 'n', 'u', 'm', 'b', 'e', 'r'};

/// One step of one track, with what its people have on record.
struct Stand {
    std::string track;
    std::string edition;
    std::string level;
    std::string step;
    bool renews{false};
    std::vector<Entry> asked; ///< what the rule wants by name
    std::vector<std::string> topics;
    std::vector<std::string> courses;
};

std::vector<Stand> all_steps(const services::Rulebook& rulebook, Date as_of) {
    std::vector<Stand> stands;
    std::string code;
    for (const auto& edition : rulebook.catalogue().all()) {
        if (edition->kind != Edition::Kind::track || edition->code == code)
            continue;
        code = edition->code;
        services::Rulebook::ProgramPtr program;
        try {
            program = rulebook.choose(code, rules::event_days_on(as_of)).program;
        } catch (const Error&) {
            continue; // a track that has ended, or whose edition somebody has to choose
        }
        for (const Step& step : program->edition().steps) {
            Stand stand{code,
                        program->edition().edition,
                        step.level,
                        services::step_text(step.verb, step.level),
                        step.verb == Step::Verb::renew,
                        {},
                        program->edition().topics,
                        program->edition().courses};
            for (const rules::Offer& offer :
                 rules::unoffered_steps(*program, step.verb, step.level, add_days(as_of, -90)))
                stand.asked.insert(stand.asked.end(), offer.entries.begin(), offer.entries.end());
            stands.push_back(std::move(stand));
        }
    }
    return stands;
}

std::string back(Date as_of, int days) { return to_text(add_days(as_of, -days)); }

class Filling {
public:
    Filling(RawDatabase& database, const services::Rulebook& rulebook, const std::vector<Stand>& stands, Date as_of)
        : words_(rulebook.words()), stands_(stands), as_of_(as_of), book_(key),
          person_(database, "INSERT INTO person (id, code, born, created_at, name, from_day) VALUES (?1, ?2, ?3, "
                            "'2019-01-02T03:04:05Z', 'Invented Person ' || ?1, '2019-01-02')"),
          credential_(database, "INSERT INTO credential (id, number, person, track, issuer, created_at, audit) VALUES "
                                "(?1, ?2, ?1, ?3, 1, '2019-01-02T03:04:05Z', 1)"),
          term_(database,
                "INSERT INTO term (credential, n, first_day, last_day, level, title, public_title, name_as_issued, "
                "edition, edition_digest, zone, timeline, recorded_at, audit) VALUES (?1, ?2, ?3, ?4, ?5, 'T', 'T', "
                "'Invented', ?6, '', '', '', '2024-01-02T03:04:05Z', 1)"),
          application_(database, "INSERT INTO application (person, track, edition, step, level, received_on, choice, "
                                 "recorded_at, audit, id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', "
                                 "'2026-01-02T03:04:05Z', 1, ?1)"),
          decision_(database, "INSERT INTO decision (application, outcome, action, decided_on, decided_by, finding, "
                              "evidence, edition_digest, engine, recorded_at, audit) VALUES (?1, 'granted', 'issue', "
                              "?2, 'bench', '', ?3, '', '', '2024-01-02T03:04:05Z', 1)"),
          entry_(
              database,
              "INSERT INTO entry (person, last_day, id, kind, result, first_day, amount, code, tags, provider, "
              "authority_role, authority_first, authority_last, authority_credential, withdrawn, recorded_at, "
              "edition, typed_by, wording, document_digest, late_reason, audit, replaces) VALUES (?1, ?2, ?3, ?4, ?5, "
              "?6, ?7, ?8, ?9, ?10, ?11, iif(?11 = '', '', '2020-01-01'), '', '', 0, '2026-01-01T00:00:00Z', '', "
              "'bench', '', '', '', 1, nullif(?12, 0))") {}

    void add(std::int64_t id) {
        Dice dice(static_cast<std::uint64_t>(id));
        const Stand& stand = stands_[static_cast<std::size_t>(id) % stands_.size()];
        const std::string code = book_.person(id).str(), born = back(as_of_, 7000 + dice(15000));
        person_.row(id, code, born);
        stand_before(id, stand, dice);
        const int cubed = dice(101);
        const int count = 20 + 280 * cubed * cubed / 100 * cubed / 10'000;
        int have = 0;
        for (const Entry& entry : stand.asked)
            if (have < count && dice(8) != 0) {
                const std::string day = back(as_of_, dice(10) == 0 ? 2500 : 1 + dice(80));
                line(id, day, entry.kind == EntryKind::fact && dice(2) == 0 ? "9999-12-31" : day,
                     domain::to_text(entry.kind), result_word(entry.result), entry.amount + dice(600),
                     words_.text(entry.code), tags_of(entry), "");
                ++have;
            }
        if (stand.renews) // what certified them is used up
            used_up(id, stand, have);
        for (; have < count; ++have)
            filler(id, stand, dice);
    }

    std::int64_t lines() const { return next_entry_ - 1; }

private:
    void stand_before(std::int64_t id, const Stand& stand, Dice& dice) {
        if (!stand.renews) {
            application_.row(id, stand.track, stand.edition, stand.step, stand.level, back(as_of_, dice(120)));
            return;
        }
        const std::string number = book_.credential(id).str();
        credential_.row(id, number, stand.track);
        const int left = dice(300); // of the present term; one in ten ended lately
        const Date last = add_days(as_of_, dice(10) == 0 ? -1 - left / 3 : left);
        const Date first = add_days(last, -729), before = add_days(first, -730);
        term_.row(id, std::int64_t{1}, to_text(before), to_text(add_days(first, -1)), stand.level, stand.edition);
        term_.row(id, std::int64_t{2}, to_text(first), to_text(last), stand.level, stand.edition);
    }

    void used_up(std::int64_t id, const Stand& stand, int lines) {
        const std::string day = back(as_of_, 800);
        application_.row(id, stand.track, stand.edition, "to become " + stand.level, stand.level, day);
        std::string evidence;
        for (std::int64_t entry = next_entry_ - lines; entry < next_entry_; ++entry)
            evidence += (evidence.empty() ? "" : " ") + std::to_string(entry);
        decision_.row(id, day, evidence);
    }

    void filler(std::int64_t id, const Stand& stand, Dice& dice) {
        const std::string day = back(as_of_, 1 + dice(1500));
        std::string tags;
        if (!stand.topics.empty()) {
            tags = stand.topics[static_cast<std::size_t>(dice(static_cast<int>(stand.topics.size())))];
            const auto& other = stand.topics[static_cast<std::size_t>(dice(static_cast<int>(stand.topics.size())))];
            if (dice(3) == 0 && other != tags)
                tags = std::min(tags, other) + "," + std::max(tags, other);
        }
        switch (dice(20)) {
        case 0:
        case 1:
        case 2: line(id, day, day, "supervision", "none", 30 + dice(60), "", tags, ""); break;
        case 3:
        case 4: line(id, day, day, "attendance", "none", 60 + dice(120), "", "", ""); break;
        case 5:
            line(id, day, day, "training", "none", 120 + dice(2000),
                 stand.courses.empty()
                     ? std::string_view("some-course")
                     : std::string_view(
                           stand.courses[static_cast<std::size_t>(dice(static_cast<int>(stand.courses.size())))]),
                 "", "centre");
            break;
        case 6:
        case 7:
        case 8:
        case 9:
        case 10:
            line(id, to_text(add_days(*parse_date(day), -dice(14))), day, "practice", "none", 60 + dice(2400), "", tags,
                 "", dice(3) == 0 ? stand.track + "/" + stand.level : std::string());
            break;
        default: line(id, day, day, "ce", "none", 30 + dice(400), "", tags, dice(4) == 0 ? "centre" : ""); break;
        }
    }

    /// One line in sixty is corrected by the next.
    void line(std::int64_t person, std::string_view first, std::string_view last, std::string_view kind,
              std::string_view result, std::int64_t amount, std::string_view code, std::string_view tags,
              std::string_view provider, std::string_view voucher = {}) {
        entry_.row(person, last, next_entry_++, kind, result, first, amount, code, tags, provider, voucher,
                   std::int64_t{0});
        if (next_entry_ % 60 == 0) {
            const std::int64_t wrong = next_entry_ - 1;
            entry_.row(person, last, next_entry_++, kind, result, first, amount + 1, code, tags, provider, voucher,
                       wrong);
        }
    }

    static std::string_view result_word(EntryResult result) { return domain::to_text(result); }
    std::string tags_of(const Entry& entry) const {
        std::string text;
        for (const Symbol word : entry.tags.words())
            text += (text.empty() ? "" : ",") + words_.text(word);
        return text;
    }

    const Vocabulary& words_;
    const std::vector<Stand>& stands_;
    Date as_of_;
    domain::CodeBook book_;
    RawInsert person_;
    RawInsert credential_;
    RawInsert term_;
    RawInsert application_;
    RawInsert decision_;
    RawInsert entry_;
    std::int64_t next_entry_{1};
};

void fill(const std::filesystem::path& file, const services::Rulebook& rulebook, const std::vector<Stand>& stands,
          std::int64_t people, Date as_of) {
    storage::create_database({.url = file.string()}, {.number_key = key}, {"bench", domain::Instant{}});
    RawDatabase database(file);
    database.run("PRAGMA journal_mode = OFF");
    database.run("PRAGMA synchronous = OFF");
    database.run("PRAGMA locking_mode = EXCLUSIVE");
    database.run("PRAGMA cache_size = -400000");
    database.run("INSERT INTO organization (id, code, name, kind, county) VALUES (1, 'body', 'Certifying Body "
                 "(invented)', 'certifying_body', '')");
    Filling filling(database, rulebook, stands, as_of);
    constexpr std::int64_t at_once = 10'000;
    for (std::int64_t id = 1; id <= people; ++id) {
        if (id % at_once == 1)
            database.run("BEGIN");
        filling.add(id);
        if (id % at_once == 0 || id == people)
            database.run("COMMIT");
    }
    database.run("PRAGMA locking_mode = NORMAL");
    database.run("PRAGMA journal_mode = WAL");
}

} // namespace

FilledTracks filled_tracks(const std::filesystem::path& folder, const services::Rulebook& rulebook, std::int64_t people,
                           Date as_of) {
    const std::vector<Stand> stands = all_steps(rulebook, as_of);
    std::filesystem::create_directories(folder);
    FilledTracks made{folder / ("tracks-" + std::to_string(people) + ".db"), 0, stands.size()};
    if (!is_there(made.file)) {
        const auto unfinished = folder / ("tracks-unfinished-" + std::to_string(people) + ".db");
        for (const char* suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(unfinished.string() + suffix);
        std::fprintf(stderr, "filling %s ...\n", made.file.c_str());
        fill(unfinished, rulebook, stands, people, as_of);
        std::filesystem::rename(unfinished, made.file);
    }
    RawDatabase database(made.file);
    std::int64_t rows = 0;
    made.lines = database.sum("select 1, count(*) from entry", rows);
    return made;
}

} // namespace peercert::bench
