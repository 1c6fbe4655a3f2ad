#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/fill_credentials.hpp"
#include "bench/measuring.hpp"
#include "curricula/catalogue.hpp"
#include "plugin_host/plugin_host.hpp"
#include "services/assessment.hpp"
#include "services/preview.hpp"

/// How long judging a whole state takes: everybody's renewal of Wisconsin's certificate, real rules, through the
/// services, against one pass of SQL that only sums the same rows. Rounds of both take turns; medians are compared.
namespace {

using namespace peercert;
using bench::median;
using bench::RawDatabase;
using bench::seconds;

constexpr std::int64_t people = 100'000;
constexpr int entries_each = 40;
constexpr int rounds = 5;

/// Everybody with a term to October 2027 and forty lines over two years: half of them hours of several topics.
std::filesystem::path a_state(const std::filesystem::path& folder) {
    const auto file = folder / "state-of-credentials.db";
    if (bench::is_there(file))
        return file;
    const auto base = bench::filled_database(folder, people);
    const auto unfinished = folder / "state-unfinished.db";
    std::filesystem::remove(unfinished);
    std::filesystem::copy_file(base, unfinished);
    {
        RawDatabase database(unfinished);
        database.run("begin");
        database.run(
            "with recursive p (i) as (select 1 union all select i + 1 from p where i < " + std::to_string(people) +
            "), e (k) as (select 0 union all select k + 1 from e where k < " + std::to_string(entries_each - 1) +
            ") insert into entry (person, last_day, id, kind, result, first_day, amount, code, tags, provider, "
            "authority_role, "
            "authority_first, authority_last, authority_credential, withdrawn, recorded_at, edition, typed_by, "
            "wording, "
            "document_digest, late_reason, audit) select i, date('2025-11-02', (k * 17) || ' days'), i * 100 + k, "
            "case k % 4 when 0 then 'ce' when 1 then 'practice' when 2 then 'ce' else 'attendance' end, 'none', "
            "date('2025-11-02', (k * 17) || ' days'), 20 + (i + k) % 70, '', case k % 4 when 0 then 'workshop' when 2 "
            "then 'book' "
            "else '' end, '', '', '', '', '', 0, '2026-01-01T00:00:00Z', '', 'bench', '', '', '', 1 from p, e");
        database.run("commit");
        database.run("pragma wal_checkpoint(truncate)");
    }
    std::filesystem::rename(unfinished, file);
    return file;
}

void measure() {
    const std::filesystem::path folder = std::filesystem::path(PEERCERT_BINARY_DIR) / "bench";
    std::filesystem::create_directories(folder);
    const auto file = a_state(folder);
    plugin_host::Host host({.folder = PEERCERT_BINARY_DIR "/plugins", .allow_list = {}, .limits = {}, .on_event = {}});
    const auto catalogue =
        curricula::Catalogue::load({{PEERCERT_SOURCE_DIR "/curricula/wi-cps", "files"}}, &host.kinds());
    catalogue.require_clean();
    Vocabulary words;
    const services::Rulebook rulebook(catalogue, host.kinds(), words);
    storage::Store store({.url = file.string()});
    const services::FixedClock clock(std::chrono::sys_days{*parse_date("2027-10-15")});
    services::House house{store, clock, "America/Chicago"};
    services::Assessments assessments(house, rulebook);
    const auto host_operator = services::Actor::host_operator("bench");
    services::AssessRequest request;
    request.track = "wi-cps";
    request.verb = Step::Verb::renew;

    RawDatabase raw(file);
    raw.run("pragma mmap_size = 2147418112");
    // The same rules with one word changed, as an author would ask before publishing it.
    const auto present = services::edition_on(rulebook, "wi-cps", *parse_date("2027-10-15"));
    std::string text = present->edition().full_text;
    const std::string open = "first renewal: nothing said";
    text.replace(text.find(open), open.size(), "first renewal: asked in full");
    const rules::Program changed(catalogue.read_text(text, "draft"), host.kinds(), words);

    std::vector<double> summing, judging, together, previewing;
    services::Assessments::Everybody answer, answer_together;
    services::Preview seen;
    for (int round = 0; round < rounds; ++round) {
        summing.push_back(seconds([&] {
            std::int64_t rows = 0;
            raw.sum("select person, sum(case when kind = 'ce' and last_day >= '2025-11-01' and instr(tags, 'book') = 0 "
                    "then amount else 0 end), count(*) from entry group by person",
                    rows);
            if (rows != people)
                throw std::runtime_error("the aggregate has not seen everybody");
        }));
        judging.push_back(seconds([&] { answer = assessments.assess_everybody(host_operator, request, 1); }));
        together.push_back(seconds([&] { answer_together = assessments.assess_everybody(host_operator, request, 2); }));
        previewing.push_back(seconds([&] {
            seen =
                services::preview(house, rulebook, host_operator, *present, changed, *parse_date("2027-10-15"), false);
        }));
    }
    if (answer.people != people || answer_together.people != people || answer.passing != answer_together.passing)
        throw std::runtime_error("not everybody was judged");
    std::printf("a whole state, %lld people with %d lines each: SQL sums them in %.2f s, judging takes %.2f s, ratio "
                "%.2f (at most 5, aim 2); %lld pass, %lld not yet, %lld need a decision\n",
                static_cast<long long>(answer.people), entries_each, median(summing), median(judging),
                median(judging) / median(summing), static_cast<long long>(answer.passing),
                static_cast<long long>(answer.not_yet), static_cast<long long>(answer.needing_a_decision));
    std::printf("the same by two threads: %.2f s, %.2f times as fast (wanted: 1.7)\n", median(together),
                median(judging) / median(together));
    std::int64_t touched = 0;
    for (const services::PreviewedStep& step : seen.steps)
        touched += step.gain + step.lose + step.open + step.settle + step.change_date;
    if (seen.people != people || touched == 0)
        throw std::runtime_error("the preview has not seen what changes");
    std::printf("a preview of a changed rule, %zu steps by both editions: %.2f s, %.2f times one assessment (at most "
                "2.2); %lld answers change\n",
                seen.steps.size(), median(previewing), median(previewing) / median(judging),
                static_cast<long long>(touched));
}

} // namespace

int main() {
    try {
        measure();
        return 0;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "bench_state: %s\n", problem.what());
        return 1;
    }
}
