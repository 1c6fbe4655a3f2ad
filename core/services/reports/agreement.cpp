#include "services/reports/agreement.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "services/assessment.hpp"
#include "services/signing.hpp"

namespace peercert::services {

namespace {

using Rating = storage::SignOffs::Rating;

/// From lowest to highest. "not yet" is below everything where the scale does not list it; "not observed" is no rating.
std::vector<std::string> order_of(const Edition& edition) {
    std::vector<std::string> order;
    const auto& words = edition.scale.words;
    if (std::find(words.begin(), words.end(), "not yet") == words.end())
        order.emplace_back("not yet");
    for (const std::string& word : words)
        if (word != "not observed")
            order.push_back(word);
    if (words.empty())
        order.emplace_back("shown");
    return order;
}

std::optional<std::size_t> rank_of(const std::vector<std::string>& order, const std::string& rating) {
    const auto found = std::find(order.begin(), order.end(), rating);
    return found == order.end() ? std::nullopt
                                : std::optional(static_cast<std::size_t>(std::distance(order.begin(), found)));
}

/// The first two of one observation who rated it for themselves.
void count_pair(const std::vector<const Rating*>& together, const std::vector<std::string>& order, RatingTable& table) {
    for (std::size_t first = 0; first < together.size(); ++first)
        for (std::size_t second = first + 1; second < together.size(); ++second) {
            const Rating &one = *together[first], &other = *together[second];
            if (one.assessor == other.assessor || one.act == other.act)
                continue;
            ++table[*rank_of(order, one.rating)][*rank_of(order, other.rating)];
            return;
        }
}

AgreementReport::OfEdition compared(const Edition& edition, const std::vector<Rating>& ratings) {
    AgreementReport::OfEdition report;
    report.edition = edition.code + " " + edition.edition;
    report.scale = order_of(edition);
    const std::size_t size = report.scale.size();
    std::map<std::string, RatingTable> tables;
    const auto same_observation = [](const Rating& one) {
        return std::tie(one.learner, one.competency, one.observed_on, one.session);
    };
    for (std::size_t from = 0; from < ratings.size();) {
        std::vector<const Rating*> together;
        std::size_t to = from;
        for (; to < ratings.size() && same_observation(ratings[to]) == same_observation(ratings[from]); ++to)
            if (rank_of(report.scale, ratings[to].rating))
                together.push_back(&ratings[to]);
        RatingTable& table = tables[ratings[from].competency];
        table.resize(size, std::vector<std::int64_t>(size, 0));
        count_pair(together, report.scale, table);
        from = to;
    }
    for (const auto& [competency, table] : tables) {
        AgreementReport::Line line;
        line.competency = competency;
        for (const auto& row : table)
            for (const std::int64_t count : row)
                line.double_rated += count;
        if (line.double_rated >= AgreementReport::enough) {
            line.same = percent_agreement(table);
            line.kappa = weighted_kappa(in_both_orders(table));
        }
        report.lines.push_back(std::move(line));
    }
    return report;
}

} // namespace

std::int64_t Fraction::hundredths() const {
    const std::int64_t twice = part * 200;
    return part < 0 ? -((-twice + of) / (2 * of)) : (twice + of) / (2 * of);
}

std::optional<Fraction> percent_agreement(const RatingTable& table) {
    Fraction same{0, 0};
    for (std::size_t row = 0; row < table.size(); ++row)
        for (std::size_t column = 0; column < table.size(); ++column) {
            same.of += table[row][column];
            same.part += row == column ? table[row][column] : 0;
        }
    return same.of == 0 ? std::nullopt : std::optional(same);
}

std::optional<Fraction> weighted_kappa(const RatingTable& table) {
    std::vector<std::int64_t> rows(table.size(), 0), columns(table.size(), 0);
    std::int64_t all = 0, observed = 0, expected = 0;
    const auto apart = [](std::size_t one, std::size_t other) {
        return static_cast<std::int64_t>(one > other ? one - other : other - one);
    };
    for (std::size_t row = 0; row < table.size(); ++row)
        for (std::size_t column = 0; column < table.size(); ++column) {
            const std::int64_t count = table[row][column];
            rows[row] += count;
            columns[column] += count;
            all += count;
            observed += apart(row, column) * count;
        }
    for (std::size_t row = 0; row < table.size(); ++row)
        for (std::size_t column = 0; column < table.size(); ++column)
            expected += apart(row, column) * rows[row] * columns[column];
    if (expected == 0)
        return std::nullopt;
    return Fraction{expected - all * observed, expected};
}

RatingTable in_both_orders(RatingTable table) {
    for (std::size_t row = 0; row < table.size(); ++row)
        for (std::size_t column = row; column < table.size(); ++column) {
            const std::int64_t both = table[row][column] + table[column][row];
            table[row][column] = table[column][row] = both;
        }
    return table;
}

AgreementReport agreement(House& house, const Rulebook& rulebook, const Actor& actor, std::string_view framework) {
    return house.store.read([&](storage::UnitOfWork& work) {
        const Date today = house.today();
        authorize(work, actor, Action::report, {}, today);
        AgreementReport report;
        report.framework = framework;
        const auto rated = work.sign_offs.editions_rated(framework);
        if (rated.empty()) // nothing to compare, unless nobody knows it
            report.framework = rulebook.choose(framework, rules::event_days_on(today)).program->edition().code;
        for (const std::string& named : rated) {
            const auto program =
                rulebook.edition(work, framework, std::string_view(named).substr(framework.size() + 1));
            report.editions.push_back(compared(program->edition(), work.sign_offs.signed_ratings(named)));
        }
        return report;
    });
}

} // namespace peercert::services
