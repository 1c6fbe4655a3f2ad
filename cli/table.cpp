#include <algorithm>
#include <numeric>

#include "cli/output.hpp"
#include "cli/style.hpp"

namespace peercert::cli {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 8; ///< no column is squeezed below this, however small the window

/// Takes width from the widest columns until the row fits.
void squeeze(std::vector<std::size_t>& widths, std::size_t room) {
    for (;;) {
        const std::size_t total =
            std::accumulate(widths.begin(), widths.end(), std::size_t{0}) + gap * (widths.size() - 1);
        const auto widest = std::max_element(widths.begin(), widths.end());
        if (total <= room || *widest <= narrowest)
            return;
        *widest = std::max(narrowest, *widest - std::min(*widest, total - room > 4 ? std::size_t{4} : std::size_t{1}));
    }
}

} // namespace

void Table::add(std::vector<Piece> cells) {
    cells.resize(columns_.size());
    for (Piece& cell : cells)
        cell.text = printable(cell.text);
    rows_.push_back(std::move(cells));
}

std::string Table::text(const Terminal& terminal) const {
    std::string out;
    if (!terminal.is_terminal) {
        for (const auto& row : rows_) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                if (i > 0)
                    out += '\t';
                out += row[i].text;
            }
            out += '\n';
        }
        return out;
    }
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::size_t width = display_width(columns_[i].heading);
        for (const auto& row : rows_)
            width = std::max(width, display_width(row[i].text));
        widths.push_back(width);
    }
    squeeze(widths, terminal.width);

    const auto append_row = [&](const std::vector<Piece>& cells) {
        std::vector<std::vector<std::string>> lines;
        std::size_t height = 1;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            lines.push_back(display_width(cells[i].text) <= widths[i] ? std::vector<std::string>{cells[i].text}
                                                                      : wrapped(cells[i].text, widths[i]));
            height = std::max(height, lines.back().size());
        }
        for (std::size_t row = 0; row < height; ++row) {
            std::string line;
            std::size_t owed = 0; // blanks are only written before something, so that no line ends in blanks
            for (std::size_t i = 0; i < cells.size(); ++i) {
                const std::string& cell = row < lines[i].size() ? lines[i][row] : std::string{};
                const std::size_t pad = widths[i] - std::min(widths[i], display_width(cell));
                if (columns_[i].align == Align::right)
                    owed += pad;
                if (!cell.empty()) {
                    line.append(owed, ' ');
                    line += styled(cell, cells[i].look, terminal);
                    owed = 0;
                }
                if (columns_[i].align == Align::left)
                    owed += pad;
                owed += gap;
            }
            out += line;
            out += '\n';
        }
    };

    std::vector<Piece> headings;
    for (const Column& column : columns_)
        headings.push_back({column.heading, Look::faint});
    append_row(headings);
    for (const auto& row : rows_)
        append_row(row);
    return out;
}

} // namespace peercert::cli
