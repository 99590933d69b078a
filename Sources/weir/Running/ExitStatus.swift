import Foundation

/// How the command ends, by the numbers of `sysexits.h` where it has one.
enum ExitStatus: Int32 {
    /// Done.
    case success = 0
    /// A gate is not kept.
    case failed = 1
    /// The evidence does not suffice for any answer.
    case insufficient = 2
    /// The data are too bad for any answer.
    case veto = 3
    /// The command line is wrong.
    case usage = 64
    /// The input's content is wrong.
    case badData = 65
    /// There is no such input.
    case noInput = 66
    /// A program that is needed is not there.
    case missingProgram = 69
    /// A mistake of this program.
    case internalFault = 70
    /// The output cannot be made.
    case cannotWrite = 73
    /// Reading or writing failed on the way.
    case inputOutput = 74
    /// The user stopped it.
    case interrupted = 130
}
