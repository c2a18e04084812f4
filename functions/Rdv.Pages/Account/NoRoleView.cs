using Rdv.Staff;

namespace Rdv.Pages.Account;

/// <summary>Somebody has signed in, and is nobody of the staff.</summary>
/// <param name="Code">By which an administrator can bind the account; null when that is not possible.</param>
public sealed record NoRoleView(StaffMatch Match, SignInCode? Code)
{
    public string Why => Match switch
    {
        StaffMatch.Known => "Vos rôles sont terminés, ou n'ont pas encore commencé.",
        StaffMatch.AnotherAccount => "Votre adresse électronique est déjà utilisée ici avec un autre compte.",
        StaffMatch.Unverified => "Votre service de connexion n'a pas vérifié votre adresse électronique.",
        _ => "Votre compte n'est pas dans la liste de l'équipe.",
    };

    public string WhatToDo => Match switch
    {
        StaffMatch.Known => "Si vous travaillez encore ici, demandez à la personne qui gère les comptes de changer vos dates.",
        StaffMatch.AnotherAccount => "Déconnectez-vous, et reprenez le compte que vous aviez avant. Vous ne l'avez plus\u00a0? Demandez à la personne qui gère les comptes de passer à celui-ci.",
        _ => "Demandez à la personne qui gère les comptes de vous ajouter.",
    };
}
