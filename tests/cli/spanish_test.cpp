#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/run_cli.hpp"

/// What somebody reads who asked for Spanish: sentences, the names of rules, refusals. Everybody is invented.
namespace {

using namespace peercert::tests;
using testing::HasSubstr;
using testing::Not;

class InSpanish : public ::testing::Test {
protected:
    void SetUp() override {
        peercert.set("PEERCERT_LANG", "es");
        done({"init", "--demo"});
        done({"clock", "set", "2029-01-10T18:00:00Z"});
        done({"organization", "add", "office", "Invented Office", "--kind", "certifying_body"});
        done({"person", "add", "Farida Invented", "--born", "1988-03-15"});
        done({"credential", "take-over", "wa-cpss", who, "--level", "certified", "--issuer", "office", "--from",
              "2027-03-16", "--until", "2029-03-15"});
        done({"record", "ce", who, "10 h", "--on", "2027-10-02", "--tag", "peer-specific"});
    }
    void done(const std::vector<std::string>& words) {
        const CliResult result = peercert(words);
        ASSERT_EQ(result.exit, 0) << words[0] << ": " << result.err;
    }
    std::string refused(const std::vector<std::string>& words) {
        const CliResult result = peercert(words);
        EXPECT_NE(result.exit, 0) << words[0];
        return result.err;
    }
    /// Lines that quote English, but for what stays in the words of its file: notes, sources, the printed title.
    static std::string names_in_english(const std::string& text) {
        std::string found;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            const std::string line = text.substr(at, end - at);
            if (line.find("“") != std::string::npos && line.find("Nota: ") == std::string::npos &&
                line.find("Fuente: ") == std::string::npos && line.find("(“Washington Certified") == std::string::npos)
                found += line + "\n";
            at = end + 1;
        }
        return found;
    }

    const std::string who{"Farida Invented"};
    RunCli peercert;
};

TEST_F(InSpanish, AnAssessmentNamesEveryClauseAndLevel) {
    const CliResult told = peercert({"assess", "wa-cpss", who, "--renew", "--level", "certified"});
    EXPECT_EQ(told.exit, 1);
    EXPECT_THAT(told.out, HasSubstr("Especialista en apoyo entre pares con certificación de Washington (“Washington "
                                    "Certified Peer Support Specialist”): para renovar el nivel certificado"));
    EXPECT_THAT(told.out, HasSubstr("[todavía no] educación continua: 10 h de 30 h"));
    EXPECT_THAT(told.out, HasSubstr("20 h más: educación continua"));
    EXPECT_THAT(told.out, HasSubstr("leída en el original; a fecha de 2025-08-01"));
    EXPECT_EQ(names_in_english(told.out), "");
}

TEST_F(InSpanish, AStandingAPlanAndAWhatIfDoToo) {
    const CliResult status = peercert({"status", who});
    EXPECT_THAT(status.out, HasSubstr("Nivel certificado, período 1"));
    EXPECT_THAT(status.out, HasSubstr("facturar a Medicaid"));
    EXPECT_THAT(status.out, HasSubstr("vencida por más de un período"));
    EXPECT_EQ(names_in_english(status.out), "");
    const CliResult plan = peercert({"plan", "wa-cpss", who, "--renew", "--level", "certified"});
    EXPECT_EQ(names_in_english(plan.out), "");
    const CliResult what_if = peercert(
        {"whatif", "wa-cpss", who, "--renew", "--level", "certified", "--add", "CE 20 h peer-specific on 2029-01-05"});
    EXPECT_THAT(what_if.out, HasSubstr("educación continua: antes 10 h, entonces 30 h de 30 h"));
    EXPECT_EQ(names_in_english(what_if.out), "");
}

TEST_F(InSpanish, ADifferenceOfEditionsAndAPreviewAreSaid) {
    const CliResult difference = peercert({"curriculum", "diff", "wa-cpc:until-2025-06", "wa-cpc:2025-07"});
    EXPECT_EQ(difference.exit, 0);
    EXPECT_THAT(difference.out, HasSubstr("cambio"));
    EXPECT_THAT(difference.out, Not(HasSubstr("no longer")));
    const CliResult preview = peercert({"curriculum", "preview", "wa-cpss:2025-07"});
    EXPECT_THAT(preview.out, HasSubstr("para renovar el nivel certificado"));
    EXPECT_THAT(preview.out, HasSubstr("Para nadie cambiaría la respuesta."));
    const CliResult coverage = peercert({"report", "coverage", "wrap"});
    EXPECT_THAT(coverage.out, HasSubstr("equipos válidos para dirigir"));
}

TEST_F(InSpanish, WhatWasRecordedIsSaid) {
    EXPECT_THAT(peercert({"record", "ce", who, "2 h", "--on", "2028-04-05", "--tag", "law and ethics"}).out,
                HasSubstr("2 h de educación continua el 5 de abril de 2028"));
    EXPECT_THAT(peercert({"record", "statement", who, "one year in recovery", "--on", "2028-04-05"}).out,
                HasSubstr("declaración, un año en recuperación, el 5 de abril de 2028"));
    EXPECT_THAT(peercert({"record", "exam", who, "written", "passed", "--on", "2028-04-05"}).out,
                HasSubstr("examen, escrito, el 5 de abril de 2028: aprobado"));
    EXPECT_THAT(peercert({"record", "withdraw", "1"}).out, HasSubstr("la entrada 1 ya no cuenta; sigue visible"));
    EXPECT_THAT(peercert({"record", "fact", who, "gives telehealth", "--on", "2028-04-05", "--lang", "en"}).out,
                HasSubstr("fact gives telehealth since 2028-04-05"));
}

TEST_F(InSpanish, ARefusalSaysWhy) {
    EXPECT_THAT(refused({"record", "ce", who, "2 h", "--on", "2031-01-01", "--tag", "other"}),
                HasSubstr("el día 1 de enero de 2031 está por venir; no se registra lo que se planea"));
    EXPECT_THAT(refused({"record", "ce", "Nobody Invented", "2 h", "--on", "2028-01-01"}),
                HasSubstr("nadie a quien usted pueda ver tiene ese código o nombre"));
    EXPECT_THAT(refused({"record", "practice", who, "30 h", "--on", "2028-01-01"}), HasSubstr("más de 24 horas"));
    EXPECT_THAT(refused({"record", "ce", who, "2 h", "--on", "2028-01-01", "--tag", "ethcis"}),
                HasSubstr("ninguna regla en archivo conoce"));
    EXPECT_THAT(refused({"assess", "wa-cpsss", who}), HasSubstr("ningún curso ni certificación tiene el código"));
    EXPECT_THAT(refused({"application", "submit", "wi-cps", who, "--renew"}),
                HasSubstr("esta persona no tiene ninguna credencial wi-cps que renovar"));
    EXPECT_THAT(refused({"record", "withdraw", "999"}), HasSubstr("no hay ninguna entrada 999"));
    const CliResult for_programs =
        peercert({"record", "ce", who, "2 h", "--on", "2031-01-01", "--tag", "other", "--json"});
    EXPECT_THAT(for_programs.err, HasSubstr("is still to come")) << "what programs read stays as it is";
}

TEST_F(InSpanish, ANameThatNobodyHasTranslatedIsToldAsOne) {
    peercert.file("rules/circle/1.yaml", "course: circle\ntitle: Invented Circle\n"
                                         "completed by: [{name: six hours of it, attendance: at least 6 h}]\n");
    peercert.set("PEERCERT_CURRICULA", (peercert.home() / "rules").string());
    const CliResult missing = peercert({"curriculum", "names", "circle", "--missing"});
    EXPECT_EQ(missing.exit, 1);
    EXPECT_THAT(missing.out, HasSubstr("six hours of it = \n"));
    peercert.file("rules/names.es.txt", "six hours of it = seis horas\nInvented Circle = Círculo inventado\n"
                                        "circle = círculo\n");
    EXPECT_EQ(peercert({"curriculum", "names", "circle", "--missing"}).out, "");
    EXPECT_THAT(peercert({"curriculum", "names", "circle"}).out, HasSubstr("six hours of it = seis horas\n"));
    peercert.file("rules/names.es.txt", "six hours of it seis horas\n");
    EXPECT_THAT(refused({"curriculum", "names", "circle"}), HasSubstr("names.es.txt:1: a line is"));
}

} // namespace
