using Rdv.Appointments;
using Rdv.Transactions;

namespace Rdv.Calls;

/// <summary>What the end of a call means for what it was about.</summary>
/// <param name="Rows">To be written with what came of the call.</param>
/// <param name="KeepsNote">False when nobody could find a note, neither to show it to the person nor to erase it.</param>
/// <param name="Person">See <see cref="CallLog.Person"/>.</param>
public sealed record CallEnd(IReadOnlyList<RowWrite> Rows, bool KeepsNote = true, PhoneIndex? Person = null);
