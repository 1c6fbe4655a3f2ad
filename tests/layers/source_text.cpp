#include "source_text.hpp"

#include <cctype>

namespace peercert::layers {
namespace {

constexpr char placeholder = '\1'; // stands in the flat code where a literal was

bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    SourceText run() {
        new_line();
        while (at_ < text_.size())
            step();
        surround_literals();
        return std::move(result_);
    }

private:
    bool sees(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

    void new_line() {
        result_.code.emplace_back();
        result_.comments.emplace_back();
    }

    void add_code(char c) {
        result_.code.back() += c;
        if (!is_blank(c))
            flat_ += c;
    }

    void step() {
        if (sees("//"))
            line_comment();
        else if (sees("/*"))
            block_comment();
        else if (sees("R\"") && (at_ == 0 || !is_word(text_[at_ - 1])))
            raw_literal();
        else if (text_[at_] == '"' && !include_line())
            plain_literal();
        else if (text_[at_] == '\'' && !(at_ > 0 && is_word(text_[at_ - 1])))
            character();
        else if (text_[at_] == '\n') {
            take_include();
            flat_ += "\n";
            new_line();
            ++at_;
        } else
            add_code(text_[at_++]);
    }

    bool include_line() const { return result_.code.back().find("#include") != std::string::npos; }

    void take_include() {
        const std::string& line = result_.code.back();
        const auto start = line.find("#include");
        if (start == std::string::npos)
            return;
        const auto open = line.find_first_of("<\"", start);
        const auto close = open == std::string::npos ? open : line.find_first_of(">\"", open + 1);
        if (close != std::string::npos)
            result_.includes.push_back(
                {line.substr(open + 1, close - open - 1), result_.code.size(), line[open] == '<'});
    }

    void line_comment() {
        while (at_ < text_.size() && text_[at_] != '\n')
            result_.comments.back() += text_[at_++];
    }

    void block_comment() {
        at_ += 2;
        while (at_ < text_.size() && !sees("*/"))
            keep_line_or(result_.comments.back());
        at_ += 2;
    }

    void keep_line_or(std::string& out) {
        if (text_[at_] == '\n')
            new_line();
        else
            out += text_[at_];
        ++at_;
    }

    void plain_literal() {
        const std::size_t line = result_.code.size();
        std::string found;
        for (++at_; at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\n'; ++at_) {
            if (text_[at_] == '\\')
                ++at_;
            if (at_ < text_.size())
                found += text_[at_];
        }
        ++at_;
        add_literal(found, line);
    }

    void raw_literal() {
        const std::size_t line = result_.code.size();
        const auto open = text_.find('(', at_);
        if (open == std::string_view::npos) {
            at_ = text_.size();
            return;
        }
        const std::string end = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
        std::string found;
        for (at_ = open + 1; at_ < text_.size() && !sees(end); ++at_) {
            found += text_[at_];
            if (text_[at_] == '\n')
                new_line();
        }
        at_ += end.size();
        add_literal(found, line);
    }

    void character() {
        for (++at_; at_ < text_.size() && text_[at_] != '\'' && text_[at_] != '\n'; ++at_)
            if (text_[at_] == '\\')
                ++at_;
        ++at_;
        add_code('0');
    }

    void add_literal(const std::string& found, std::size_t line) {
        result_.code.back() += "\"\"";
        const auto last = flat_.find_last_not_of('\n');
        if (last != std::string::npos && flat_[last] == placeholder && !result_.literals.empty()) {
            result_.literals.back().text += found; // adjacent literals are one
            return;
        }
        result_.literals.push_back({found, line, {}, {}});
        flat_ += placeholder;
    }

    void surround_literals() {
        std::string code;
        for (const char c : flat_)
            if (c != '\n')
                code += c;
        std::size_t next = 0;
        for (std::size_t i = 0; i < code.size() && next < result_.literals.size(); ++i) {
            if (code[i] != placeholder)
                continue;
            Literal& literal = result_.literals[next++];
            literal.before = code.substr(i < 2 ? 0 : i - 2, i < 2 ? i : 2);
            literal.after = code.substr(i + 1, code.find(';', i) - i - 1);
        }
    }

    std::string_view text_;
    std::size_t at_{0};
    std::string flat_;
    SourceText result_;
};

} // namespace

SourceText take_apart(std::string_view text) { return Scanner(text).run(); }

} // namespace peercert::layers
