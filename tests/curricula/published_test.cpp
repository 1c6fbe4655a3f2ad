#include "curricula/published.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "curricula/catalogue.hpp"
#include "curricula/small_files.hpp"

/// Published texts among files: no file goes before them, and no text is changed for it.
namespace peercert::curricula {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

class PublishedTexts : public testing::Test {
protected:
    PublishedTexts() {
        std::string pattern = (fs::temp_directory_path() / "peercert-published-XXXXXX").string();
        root_ = mkdtemp(pattern.data());
    }
    ~PublishedTexts() override { fs::remove_all(root_); }

    void file(const std::string& name, const std::string& text) const { std::ofstream(root_ / name) << text; }
    void publish(const std::string& code, const std::string& edition, const std::string& text, Date first_day) {
        published_.push_back({code, edition, digest_of(text), text, first_day});
    }
    Catalogue load() const { return Catalogue::load({{root_, "files"}}, nullptr, published_); }
    static std::string course(const std::string& edition, const std::string& more = "") {
        return "course: circle\nedition: " + edition + "\ntitle: Circle\n" + more;
    }
    static std::string names(const Catalogue& catalogue) {
        std::string text;
        for (const auto& one : catalogue.all())
            text += one->edition + " (" + one->origin + ") " +
                    (one->in_force_from.is_stated() ? peercert::to_text(one->in_force_from.value) : "") + ".." +
                    (one->in_force_until ? peercert::to_text(*one->in_force_until) : "") + "; ";
        return text;
    }

    std::vector<PublishedText> published_;

private:
    fs::path root_;
};

TEST_F(PublishedTexts, GoBeforeFilesOfTheSameEdition) {
    file("1.yaml", course("1"));
    publish("circle", "1", course("1"), 2025y / 5 / 1);
    EXPECT_EQ(names(load()), "1 (published) ..; ") << "without another before it, it was always so";
    EXPECT_THAT(load().passed_over(), IsEmpty());
    file("1.yaml", course("1", "author: Ana\n"));
    EXPECT_THAT(to_text(load().passed_over()), HasSubstr("was published with another text"));
    EXPECT_EQ(load().find("circle", "1")->author, "");
    EXPECT_THAT(load().problems(), IsEmpty()) << "it is no mistake";
}

TEST_F(PublishedTexts, WithoutAFirstDayBeginWhenTheyWerePublished) {
    file("1.yaml", course("1"));
    publish("circle", "2", course("2"), 2025y / 5 / 1);
    const Catalogue catalogue = load();
    EXPECT_EQ(names(catalogue), "1 (files) ..2025-04-30; 2 (published) 2025-05-01..; ");
    EXPECT_EQ(catalogue.find("circle", "2")->full_text, course("2")) << "the text itself is as it was";
    EXPECT_EQ(catalogue.find("circle", "2")->digest, digest_of(course("2")));
}

TEST_F(PublishedTexts, EndWhateverHasNoLastDayOfItsOwn) {
    file("0.yaml", course("0", "in force: {from: 2020-01-01, until: 2021-12-31}\n"));
    file("1.yaml", course("1", "in force: {from: 2022-01-01, until: unknown}\n"));
    publish("circle", "2", course("2", "in force: {from: 2025-05-01}\n"), 2025y / 5 / 1);
    publish("circle", "3", course("3", "in force: {from: 2026-01-01}\n"), 2026y / 1 / 1);
    EXPECT_EQ(names(load()), "0 (files) 2020-01-01..2021-12-31; 1 (files) 2022-01-01..2025-04-30; 2 (published) "
                             "2025-05-01..2025-12-31; 3 (published) 2026-01-01..; ");
    EXPECT_FALSE(load().find("circle", "1")->in_force_until_unknown);
    file("4.yaml", course("4", "in force: {from: 2027-01-01}\n"));
    EXPECT_EQ(load().find("circle", "4"), nullptr);
    EXPECT_THAT(to_text(load().passed_over()), HasSubstr("circle 4 claims days on which the published circle 3 holds"));
}

TEST_F(PublishedTexts, AreBasesOfFiles) {
    publish("xx-ps", "2024", tests::track_with(""), 2024y / 1 / 1);
    file("yy.yaml", "track: yy-ps\nedition: 2024\ntitle: Another\nbased on: xx-ps 2024\n");
    const Catalogue catalogue = load();
    EXPECT_EQ(to_text(catalogue.problems()), "");
    ASSERT_NE(catalogue.find("yy-ps", "2024"), nullptr);
    EXPECT_EQ(catalogue.find("yy-ps", "2024")->levels.size(), 2U);
}

TEST_F(PublishedTexts, ThatWereChangedInTheDatabaseAreNoRule) {
    publish("circle", "1", course("1"), 2025y / 5 / 1);
    published_.back().text = course("1", "author: Mallory\n");
    EXPECT_EQ(load().find("circle", "1"), nullptr);
    EXPECT_THAT(to_text(load().problems()), HasSubstr("not the one that was approved"));
}

TEST_F(PublishedTexts, ReplaceTheEditionTheyNameOrNoneAtAll) {
    file("1.yaml", course("1", "in force: {from: 2022-01-01}\n"));
    file("2.yaml", course("2", "in force: {from: 2025-05-01}\nreplaces: 0\n"));
    const Catalogue catalogue = load();
    const Succession wrong = succession(*catalogue.find("circle", "2"), 2025y / 5 / 1, catalogue.all());
    EXPECT_THAT(wrong.ends, ElementsAre("1"));
    EXPECT_THAT(wrong.conflicts, ElementsAre(HasSubstr("it replaces 0, but it would take the place of 1")));
}

} // namespace
} // namespace peercert::curricula
