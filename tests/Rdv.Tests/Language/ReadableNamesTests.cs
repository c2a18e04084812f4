using Rdv.Language;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Language;

/// <summary>What the national file has in capitals is read as people write it.</summary>
public sealed class ReadableNamesTests
{
    [Theory]
    [InlineData("COMMUNE D'OULLINS", "Oullins", "Mairie d'Oullins")]
    [InlineData("COMMUNE DE SEES", "Sées", "Mairie de Sées")]
    [InlineData("COMMUNE DE LE HAVRE", "Le Havre", "Mairie du Havre")]
    [InlineData("COMMUNE DE AURAY", "Auray", "Mairie d'Auray")]
    [InlineData("COMMUNE DE CONFLANS SAINTE HONORINE", "Conflans-Sainte-Honorine", "Mairie de Conflans-Sainte-Honorine")]
    [InlineData("COMMUNE D'ARGELES-SUR-MER", "Argelès-sur-Mer", "Mairie d'Argelès-sur-Mer")]
    [InlineData("COMMUNE DE NOIRMOUTIER-EN-L'ILE", "Noirmoutier-en-l'Île", "Mairie de Noirmoutier-en-l'Île")]
    [InlineData("COMMUNE DE BRON", "Vaulx-en-Velin", "Mairie de Bron")]
    [InlineData("CTRE COM ACTION SOCIALE DE SAINT ANDRE", "Saint-André-lez-Lille", "Centre communal d'action sociale de Saint André")]
    [InlineData("CENTRE COMMUNAL D'ACTION SOCIALE", "Rochefort", "Centre communal d'action sociale de Rochefort")]
    [InlineData("CENTRE SOCIAL MICHEL PACHE", "Francheville", "Centre social Michel Pache")]
    [InlineData("CC DU PAYS DE MIREPOIX", "Mirepoix", "Communauté de communes du pays de Mirepoix")]
    [InlineData("SI D ENERGIE ET DE E-COMMUNICATION DE L AIN", "Bourg-en-Bresse", "Syndicat intercommunal d'Énergie et de E-Communication de l'Ain")]
    [InlineData("PIMMS ARTOIS-GOHELLE", "Lens", "PIMMS Artois-Gohelle")]
    [InlineData("UDAF DE L EURE", "Évreux", "UDAF de l'Eure")]
    [InlineData("COMMUNE DE L HAY LES ROSES", "L'Haÿ-les-Roses", "Mairie de L'Haÿ-les-Roses")]
    [InlineData("CENTRE SOCIAL DE L HAY LES ROSES", "L'Haÿ-les-Roses", "Centre social de L'Haÿ-les-Roses")]
    [InlineData("COMMUNE DU PRE SAINT GERVAIS", "Le Pré-Saint-Gervais", "Mairie du Pré-Saint-Gervais")]
    [InlineData("COMMUNE DE PRE SAINT GERVAIS", "Le Pré-Saint-Gervais", "Mairie du Pré-Saint-Gervais")]
    [InlineData("UNION DEP ASSOCIATIONS FAMILIALES", "Tarbes", "Union départementale des associations familiales de Tarbes")]
    [InlineData("LE 100E SINGE", "Belberaud", "Le 100e Singe")]
    [InlineData("CTRE SOCIAL ST JEAN", "Nîmes", "Centre social Saint Jean")]
    [InlineData("LE PIED @ A L'ETRIER", "Soissons", "Le Pied @ à l'Etrier")]
    [InlineData("DEPARTEMENT DES PYRENEES ATLANTIQUES", "Pau", "Département des Pyrénées Atlantiques")]
    public void A_place_of_the_register_has_small_letters_and_the_name_of_its_town(string name, string commune, string read) =>
        ReadableNames.Place(name, commune).ShouldBe(read);

    [Fact]
    public void Half_a_pair_breaks_nothing() => ReadableNames.Place("COMMUNE DE \ud83e BRON", "\udc69").ShouldBe("Mairie de \ud83e Bron");

    [Theory]
    [InlineData("PL DE L HOTEL DE VILLE", "place de l'Hôtel de Ville")]
    [InlineData("57 RUE RENE NICOD", "57 rue René Nicod")]
    [InlineData("32 CRS DE VERDUN", "32 cours de Verdun")]
    [InlineData("4 BIS AV DU GENERAL DE GAULLE", "4 bis avenue du Général de Gaulle")]
    [InlineData("64 AV JEAN BIRAY, HOTEL DU DEPARTEMENT", "64 avenue Jean Biray, Hôtel du Département")]
    [InlineData("9 AV DU 8 MAI 1945", "9 avenue du 8 Mai 1945")]
    [InlineData("1 CHE DE LA MESTRISE, BP 36", "1 chemin de la Mestrise, BP 36")]
    [InlineData("17  GRD PLACE", "17 grande place")]
    [InlineData("315 AV DE ST BALDOU", "315 avenue de Saint Baldou")]
    [InlineData("3 PL ALEXANDRE 1ER", "3 place Alexandre 1er")]
    [InlineData("2 RUE DES SOEURS DU SACRE COEUR", "2 rue des Sœurs du Sacre Cœur")]
    [InlineData("PL AUGUSTIN LAURENT", "place Augustin Laurent")]
    [InlineData("12 RUE DU 19E REGIMENT", "12 rue du 19e Régiment")]
    public void A_street_of_the_register_is_written_out(string street, string read) => ReadableNames.Street(street).ShouldBe(read);

    [Theory]
    [InlineData("Médiathèque des Cerisiers")]
    [InlineData("CCAS de Bron")]
    [InlineData("MJC")]
    [InlineData("L'Étape")]
    [InlineData("")]
    public void What_somebody_wrote_stays(string name)
    {
        ReadableNames.Place(name, "Bron").ShouldBe(name);
        ReadableNames.Body(name).ShouldBe(name);
        ReadableNames.Street(name).ShouldBe(name);
    }
}
