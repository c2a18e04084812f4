using NodaTime;

namespace Rdv;

/// <summary>What an operator of Rdv decides. Names are those of the settings, with their defaults.</summary>
public sealed record RdvSettings
{
    /// <summary>The hotline's number as people read it (<c>Hotline:Phone</c>, required).</summary>
    public required string HotlinePhone { get; init; }

    /// <summary>When it answers, as people read it beside the number (<c>Hotline:Hours</c>).</summary>
    public string HotlineHours { get; init; } = "du lundi au vendredi, de 9 h à 17 h";

    /// <summary>What a call costs, as people read it beside the number (<c>Hotline:Cost</c>).</summary>
    public string HotlineCost { get; init; } = "prix d'un appel local";

    /// <summary>Who publishes the site and who hosts it, for the page that the law asks for: lines between <c>|</c> (<c>Site:LegalNotice</c>).</summary>
    public string LegalNotice { get; init; } = "";

    /// <summary>Where citizens reach the pages, without a trailing slash (<c>Site:BaseUrl</c>, required).</summary>
    public required string SiteBaseUrl { get; init; }

    /// <summary>Sender and ORGANIZER of invites (<c>Smtp:From</c>, required); never an advisor's own address.</summary>
    public required string MailFrom { get; init; }

    /// <summary>The shortest time between a booking by a citizen and its start.</summary>
    public Duration MinimumNotice { get; init; } = Duration.FromHours(2);

    /// <summary>How many days ahead slots are offered.</summary>
    public int HorizonDays { get; init; } = 42;

    /// <summary>How long a slot is kept while a form is filled in.</summary>
    public Duration HoldDuration { get; init; } = Duration.FromMinutes(15);

    /// <summary>How many appointments to come one number may have, when it books by itself.</summary>
    public int AppointmentsPerPhone { get; init; } = 5;

    /// <summary>How many SMS one number gets in a day; what is over becomes a call to make.</summary>
    public int SmsPerPhoneAndDay { get; init; } = 10;

    /// <summary>How long someone stays on the waiting list.</summary>
    public Duration WaitingTime { get; init; } = Duration.FromDays(60);

    /// <summary>How many days after an appointment its person is forgotten (<c>Privacy:Days</c>).</summary>
    public int PrivacyDays { get; init; } = 90;

    /// <summary>How many requests to be called back one number may have open, when it asks by itself.</summary>
    public int WaitingPerPhone { get; init; } = 5;

    /// <summary>How long a freed slot is kept for those who were told, from when they are told.</summary>
    public Duration OfferDuration { get; init; } = Duration.FromHours(2);

    /// <summary>How many SMS leave in a minute, from all instances: the provider takes 600 from an alphanumeric sender in France.</summary>
    public int SmsPerMinute { get; init; } = 600;

    /// <summary>How many SMS leave in a day, from all instances. More than a bad day of the whole country needs: it stops a loop that costs money.</summary>
    public int SmsPerDay { get; init; } = 50_000;
}
