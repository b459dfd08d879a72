# spil.bash - completion of spil in bash. SPDX-License-Identifier: GPL-3.0-or-later
# The program itself says which commands and options it has.
_spil() {
    local current=${COMP_WORDS[COMP_CWORD]} words
    if ((COMP_CWORD == 1)); then
        words=$("${COMP_WORDS[0]}" help --names 2>/dev/null)
    elif [[ $current == -* ]]; then
        words=$("${COMP_WORDS[0]}" "${COMP_WORDS[1]}" --help-options 2>/dev/null)
    elif [[ ${COMP_WORDS[1]} == help ]]; then
        words=$("${COMP_WORDS[0]}" help --names 2>/dev/null)
    else
        COMPREPLY=() # files, by -o default
        return
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o default -F _spil spil
